namespace PushHost.Wire;

/// <summary>How pages for people look: the reader's own font and light or dark, nothing fetched.</summary>
internal static class PageStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --line: light-dark(#d8dce2, #3a414b); --soft: light-dark(#f4f6f8, #1d2229); --link: light-dark(#0a58ca, #7fb0ff); }
        body { margin: 0 auto; max-width: 76rem; padding: 1rem 1.5rem; font: 16px/1.5 system-ui, sans-serif; display: grid; grid-template-columns: 14rem 1fr; gap: 0 2.5rem; }
        header { grid-column: 1 / -1; border-bottom: 1px solid var(--line); margin-bottom: 1rem; }
        h1 small { font-weight: normal; opacity: .6; font-size: 60%; }
        nav { font-size: 90%; } nav h2 { font-size: 100%; margin: 1rem 0 .2rem; } nav ul { list-style: none; margin: 0; padding: 0; }
        main { min-width: 0; } main h2 { margin-top: 2rem; } section { border-top: 1px solid var(--line); padding: .5rem 0 1.5rem; }
        h3 a { color: inherit; text-decoration: none; } h4 { margin: 1rem 0 .3rem; } a { color: var(--link); }
        code, pre { font-family: ui-monospace, monospace; font-size: 88%; } pre { background: var(--soft); border: 1px solid var(--line); border-radius: 6px; padding: .8rem; overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; } td { border-top: 1px solid var(--line); padding: .35rem .8rem .35rem 0; vertical-align: top; }
        summary { cursor: pointer; }
        @media (max-width: 50rem) { body { display: block; } nav { columns: 2; } }
        """;
}
