export const LOGIN_STYLE: string = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { display: grid; place-content: center; min-height: 100vh; margin: 0; padding: 0 1rem }
form { display: grid; gap: .75rem; width: min(22rem, 100%) }
h1 { font-size: 1.25rem; margin: 0 }
p { margin: 0 }
input, button { font: inherit; padding: .5rem .75rem; border-radius: .375rem; border: 1px solid GrayText }
button { cursor: pointer }
[role=alert] { color: light-dark(#b3261e, #ffb4ab) }
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
