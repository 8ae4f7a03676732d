import type { ComponentChildren, JSX } from 'preact';

export interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly says?: string | undefined;
  /** What a reader can do here; not on paper. */
  readonly hint?: string;
  readonly children: ComponentChildren;
}

/** A part of the page that the navigation leads to. */
export function Section({ id, title, says, hint, children }: SectionProps): JSX.Element {
  return (
    <section class="section" id={id} aria-labelledby={`${id}-title`}>
      <div class="section-head">
        <h2 id={`${id}-title`}>{title}</h2>
        {says !== undefined && <p>{says}</p>}
        {hint !== undefined && <p class="screen-only">{hint}</p>}
      </div>
      {children}
    </section>
  );
}
