namespace MiniTrader.Analytics;

/// <summary>The report's style sheet: light or dark as the reader's system is.</summary>
internal static class ReportStyle
{
    /// <summary>Free of the characters that XML would need escaped.</summary>
    public const string Css = """

        :root {
          --page: #f6f7f9; --panel: #ffffff; --ink: #1b2330; --soft: #5b6778; --rule: #e3e7ed; --note: #fff7e0; --note-rule: #e8c15a;
          --equity: #2563eb; --down: #c2410c; --gross: #64748b; --net: #7c3aed; --price: #475569; --buy: #0369a1; --sell: #c2410c;
          --gain: #15803d; --loss: #b91c1c;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #0f141b; --panel: #171e28; --ink: #e6eaf0; --soft: #98a4b5; --rule: #2a3441; --note: #2c2614; --note-rule: #8a6d1f;
            --equity: #6ea8fe; --down: #fb923c; --gross: #8393a8; --net: #b794f6; --price: #a3b1c4; --buy: #38bdf8; --sell: #fb923c;
            --gain: #4ade80; --loss: #f87171;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; }
        main { max-width: 1180px; margin: 0 auto; padding: 28px 20px 60px; }
        h1 { margin: 0; font-size: 28px; line-height: 1.2; overflow-wrap: anywhere; }
        h2 { margin: 0; font-size: 16px; font-weight: 650; overflow-wrap: anywhere; }
        .sub { margin: 6px 0 20px; color: var(--soft); overflow-wrap: anywhere; }
        .notes { margin: 0 0 18px; padding: 10px 16px 10px 34px; background: var(--note); border: 1px solid var(--note-rule); border-radius: 8px; font-size: 14px; }
        .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(225px, 1fr)); gap: 12px; margin-bottom: 16px; }
        .card, .panel { background: var(--panel); border: 1px solid var(--rule); border-radius: 10px; }
        .card { padding: 12px 16px; min-width: 0; }
        .card .name { color: var(--soft); font-size: 13px; }
        .card .value { font-size: 23px; font-weight: 650; line-height: 1.3; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
        .card .below { color: var(--soft); font-size: 13px; font-variant-numeric: tabular-nums; }
        .panel { padding: 14px 18px 16px; margin-bottom: 16px; }
        .heading { display: flex; flex-wrap: wrap; gap: 4px 20px; align-items: baseline; justify-content: space-between; margin-bottom: 8px; }
        .legend { display: flex; gap: 16px; margin: 0; padding: 0; list-style: none; font-size: 13px; color: var(--soft); }
        .legend li::before { content: ""; display: inline-block; width: 10px; height: 10px; margin-right: 6px; border-radius: 2px; background: currentColor; }
        .legend li.gross::before { background: var(--gross); } .legend li.net::before { background: var(--net); }
        .legend li.price::before { background: var(--price); } .legend li.buy::before { background: var(--buy); } .legend li.sell::before { background: var(--sell); }
        .chart { display: block; width: 100%; height: auto; }
        .chart .grid { stroke: var(--rule); stroke-width: 1; }
        .chart .base, .chart .stub { stroke: var(--soft); stroke-width: 1; }
        .chart .reference { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 4 4; }
        .chart .tick { fill: var(--soft); font-size: 12px; font-variant-numeric: tabular-nums; }
        .chart .date { font-weight: 600; }
        .chart .line { fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linejoin: round; }
        .chart .area { fill: currentColor; fill-opacity: 0.16; stroke: none; }
        .chart .dot { fill: currentColor; }
        .chart .equity { color: var(--equity); } .chart .drawdown { color: var(--down); } .chart .gross { color: var(--gross); }
        .chart .net { color: var(--net); stroke-width: 1.1; } .chart .price { color: var(--price); stroke-width: 1.2; }
        .chart .mark { stroke: var(--panel); stroke-width: 0.8; }
        .chart .mark.buy { fill: var(--buy); } .chart .mark.sell { fill: var(--sell); }
        .chart .bands rect { fill: var(--ink); fill-opacity: 0; }
        .chart .bands rect:hover { fill-opacity: 0.08; }
        .scroll { overflow: auto; max-height: 520px; }
        table { border-collapse: collapse; font-size: 13.5px; font-variant-numeric: tabular-nums; }
        .rows { width: 100%; white-space: nowrap; }
        .rows th, .rows td { padding: 5px 10px; text-align: left; border-bottom: 1px solid var(--rule); font-weight: 400; }
        .rows thead th { position: sticky; top: 0; background: var(--panel); color: var(--soft); font-size: 12.5px; box-shadow: inset 0 -1px var(--rule); }
        .rows .number { text-align: right; }
        .gain { color: var(--gain); } .loss { color: var(--loss); }
        .groups { display: grid; grid-template-columns: repeat(auto-fit, minmax(320px, 1fr)); gap: 18px 32px; align-items: start; }
        .pairs { width: 100%; }
        .pairs caption { text-align: left; font-weight: 650; padding-bottom: 4px; }
        .pairs th, .pairs td { padding: 4px 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
        .pairs th { text-align: left; font-weight: 400; color: var(--soft); padding-right: 16px; white-space: nowrap; }
        .pairs td { text-align: right; overflow-wrap: anywhere; }
        .pairs.wide td { text-align: left; width: 75%; } .pairs.wide th { white-space: normal; overflow-wrap: anywhere; }
        .left-out, .empty { margin: 8px 0 0; color: var(--soft); font-size: 13px; }
        details { margin-top: 14px; } summary { cursor: pointer; color: var(--soft); }
        dl { display: grid; grid-template-columns: minmax(140px, max-content) 1fr; gap: 4px 20px; font-size: 13.5px; } dt { font-weight: 600; } dd { margin: 0; }
        @media (max-width: 640px) {
          .cards { grid-template-columns: 1fr 1fr; } .card .value { font-size: 19px; } .panel { overflow-x: auto; } .chart { min-width: 720px; }
        }
        @media (max-width: 640px) { dl { grid-template-columns: 1fr; } dd { margin-bottom: 8px; } }
        @media print { body { background: none; } .scroll { max-height: none; } .panel, .card { break-inside: avoid; } }

        """;
}
