/** Deliberately nobody's house style: slate and teal, so that no screenshot can be taken for UPS.com. */
export const STYLESHEET = `
:root {
  color-scheme: light dark;
  --ground: #f4f6f8; --sheet: #ffffff; --ink: #1b2733; --faint: #51606f; --line: #76879a;
  --act: #0b5c66; --act-ink: #ffffff; --warn: #8c2f14; --warn-ground: #fbece6; --bar: #2d3b4a; --bar-ink: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #11181f; --sheet: #1a242e; --ink: #e8eef4; --faint: #a9b8c6; --line: #7a8b9c;
    --act: #7fd3dd; --act-ink: #08262a; --warn: #ffb59d; --warn-ground: #3a2018; --bar: #2d3b4a; --bar-ink: #ffffff;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
header { background: var(--bar); color: var(--bar-ink); padding: 0.5rem 1rem; text-align: center; font-weight: 600; }
header p, footer p { margin: 0 auto; max-width: 34rem; }
main { max-width: 34rem; margin: 1.5rem auto; padding: 1.25rem; background: var(--sheet); border-radius: 0.5rem; }
footer { padding: 0 1rem 1.5rem; color: var(--faint); font-size: 0.875rem; }
h1 { margin: 0 0 0.75rem; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 2rem 0 0.5rem; font-size: 1.125rem; }
label { display: block; font-weight: 600; margin-top: 1rem; }
input[type='text'], input[type='password'] {
  width: 100%; min-height: 2.75rem; padding: 0.5rem; font: inherit; color: inherit; background: transparent;
  border: 1px solid var(--line); border-radius: 0.25rem;
}
.agreement { display: flex; gap: 0.75rem; align-items: flex-start; font-weight: 400; }
.agreement input { flex: none; width: 1.5rem; height: 1.5rem; margin: 0; accent-color: var(--act); }
.buttons { display: flex; flex-wrap: wrap; gap: 0.75rem; margin: 1.25rem 0; }
button {
  min-height: 2.75rem; padding: 0.5rem 1.25rem; font: inherit; font-weight: 600; cursor: pointer;
  border: 1px solid var(--act); border-radius: 0.25rem; background: var(--act); color: var(--act-ink);
}
button.quiet { background: transparent; color: var(--act); }
a { color: var(--act); }
nav ul { list-style: none; padding: 0; }
nav a { display: inline-block; padding: 0.375rem 0; }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
.message { padding: 0.75rem; border-left: 4px solid var(--warn); background: var(--warn-ground); color: var(--warn); }
.done { padding: 0.75rem; border-left: 4px solid var(--act); }
.hint { color: var(--faint); font-size: 0.875rem; }
.grants { list-style: none; padding: 0; }
.grants li { padding: 0.75rem 0; border-top: 1px solid var(--line); }
.grants p { margin: 0; }
`

export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#2d3b4a"/><path d="M4 8h8M8 4v8" stroke="#7fd3dd" stroke-width="2"/></svg>`
