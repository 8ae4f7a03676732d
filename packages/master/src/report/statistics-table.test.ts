import { describe, expect, it } from 'vitest';
import { sampleEntry } from './sample-report.case.ts';
import { statisticsTable } from './statistics-table.ts';
import { formatTable } from './text-table.ts';

const total = sampleEntry({ method: '', name: 'Aggregated', requests: 140, failures: 43 });
const entries = [
  sampleEntry({ name: '/a', requests: 100, failures: 3 }),
  sampleEntry({ name: '/b', requests: 40, failures: 40, measured: 0 }),
];

describe('statisticsTable', () => {
  it('has the total as its footer', () => {
    const { rows, footer } = statisticsTable(entries, total);
    expect(rows).toHaveLength(2);
    expect(footer?.slice(0, 3)).toEqual(['', 'Aggregated', '140']);
  });

  it('puts numbers of failures below each other, whatever their share', () => {
    const { lines } = formatTable(statisticsTable(entries, total), { width: 120, color: false });
    const shares = lines.flatMap((line) => / (\d+ +\([\d.]+%\)) │/.exec(line)?.[1] ?? []);
    expect(shares).toEqual(['3  (3.00%)', '40   (100%)', '43 (30.71%)']);
  });

  it('shows failures in red, and none as anything else', () => {
    const failures = (count: number) =>
      statisticsTable([sampleEntry({ failures: count })], total).rows[0]?.[3];
    expect(failures(1)).toMatchObject({ format: 'red' });
    expect(failures(0)).toMatchObject({ format: undefined });
  });

  it('shows a dash for times that were not measured', () => {
    const { rows } = statisticsTable(entries, total);
    expect(rows[0]?.slice(4, 8)).toEqual(['4.93', '1.31', '206', '4.21']);
    expect(rows[1]?.slice(4, 8)).toEqual(['-', '-', '-', '-']);
  });
});
