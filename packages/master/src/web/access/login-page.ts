/** In the colours of the page behind it. */
export const LOGIN_STYLE: string = `:root {
  color-scheme: light dark;
  --accent: light-dark(#4453d6, #5866e0);
  --line: light-dark(#cdd2db, #3a4150);
  font: 14px/1.5 ui-sans-serif, system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif;
}
body {
  display: grid;
  place-content: center;
  min-height: 100vh;
  margin: 0;
  padding: 0 1rem;
  background: light-dark(#f7f8fa, #0c0e13);
  color: light-dark(#12151c, #eef0f4);
}
form {
  display: grid;
  gap: .75rem;
  box-sizing: border-box;
  width: min(24rem, calc(100vw - 2rem));
  padding: 2rem;
  background: light-dark(#fff, #14171e);
  border: 1px solid light-dark(#e4e7ec, #262b36);
  border-radius: 10px;
}
h1 { font-size: 1.375rem; letter-spacing: -.015em; margin: 0 }
p { margin: 0 }
input, button { font: inherit; min-height: 2.375rem; padding: 0 .75rem; border-radius: 6px; border: 1px solid var(--line) }
input { background: light-dark(#f7f8fa, #0c0e13); color: inherit }
button { background: var(--accent); border-color: transparent; color: #fff; font-weight: 600; cursor: pointer }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
[role=alert] { color: light-dark(#c62f3b, #ff7a82) }
`;

/** Where a person gives the token. Works without a script. */
export function loginPage(problem?: { readonly message: string; readonly hint: string | null }): string {
  // Both texts are our own: nothing in them comes from the request.
  const alert = problem ? `<p role="alert">${problem.message}: ${problem.hint ?? 'try again'}.</p>` : '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Log in · loadts</title>
<link rel="stylesheet" href="/login.css">
</head>
<body>
<form method="post" action="/login">
<h1>loadts</h1>
<label for="token">The token that the master has printed, or was given with <code>--token</code></label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
${alert}
<button>Log in</button>
</form>
</body>
</html>
`;
}
