using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>
/// The page of one report, section by section. Without scripts and without a word to the network, which its content security policy
/// holds it to.
/// </summary>
internal sealed class ReportPage(ReportModel model)
{
    private const int MaxStrategyRows = 100;
    private const int MaxInstrumentRows = 100;
    private const int MaxSettings = 200;
    private const int MaxSettingLength = 300;
    private const int MaxNamesInTitle = 8;

    private readonly Markup _page = new();
    private readonly RunSummary _run = model.Summary;

    public string Write()
    {
        WriteHead();
        WriteTitle();
        WriteNotes();
        WriteHeadline();
        WriteAccountCharts();
        WritePriceCharts();
        WriteStrategies();
        WriteInstruments();
        WriteTrades();
        WriteStatistics();
        WriteSettings();
        _page.Line("</main>").Line("</body>").Line("</html>");
        return _page.ToString();
    }

    private void WriteHead()
    {
        _page.Line("<!DOCTYPE html>");
        _page.Line("<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">").Line("<head>").Line("<meta charset=\"utf-8\"/>");
        _page.Line("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>");
        _page.Line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
        _page.Line("<meta name=\"color-scheme\" content=\"light dark\"/>");
        _page.Line($"<title>{Markup.Escape(_run.Strategy)} · MiniTrader</title>");
        _page.Add("<style>").Add(ReportStyle.Css).Line("</style>").Line("</head>").Line("<body>").Line("<main>");
    }

    private void WriteTitle()
    {
        string instruments = string.Join(", ", _run.Instruments.Take(MaxNamesInTitle));
        if (_run.Instruments.Count > MaxNamesInTitle) instruments += $" and {_run.Instruments.Count - MaxNamesInTitle} more";
        string period = _run.From is null ? "no events" : $"{ReportText.Time(_run.From)} to {ReportText.Time(_run.To)} UTC";
        _page.Line("<header>").Line($"<h1>{Markup.Escape(_run.Strategy)}</h1>");
        _page.Line($"<p class=\"sub\">{Markup.Escape(instruments)}<br/>{Markup.Escape(period)}, in {Markup.Escape(_run.Currency)}</p>").Line("</header>");
    }

    private void WriteNotes()
    {
        List<string> notes = [.. _run.Notes];
        if (_run.Fills == 0) notes.Add("This run made no fills, so nothing can be said of its trades.");
        if (_run.OpenTrades > 0) notes.Add($"{ReportText.Count(_run.OpenTrades)} round {(_run.OpenTrades == 1 ? "trip was" : "trips were")} still open when the run ended; equity contains what is open, the trade figures do not.");
        if (notes.Count == 0) return;
        _page.Line("<ul class=\"notes\">");
        foreach (string note in notes) _page.Line($"<li>{Markup.Escape(note)}</li>");
        _page.Line("</ul>");
    }

    private void WriteHeadline()
    {
        _page.Line("<section class=\"cards\" aria-label=\"Headline numbers\">");
        WriteCard("Net profit", ReportText.Signed(_run.NetProfit), ReportText.Percent(_run.TotalReturn), SignClass(_run.NetProfit));
        WriteCard("Final equity", ReportText.Amount(_run.FinalEquity), $"from {ReportText.Amount(_run.InitialEquity)}");
        WriteCard("Max. drawdown", ReportText.Percent(-_run.MaxDrawdown), ReportText.Amount(-_run.MaxDrawdownAmount));
        WriteCard("Sharpe", ReportText.Ratio(_run.Sharpe), $"Sortino {ReportText.Ratio(_run.Sortino)}");
        WriteCard("Trades", ReportText.Count(_run.Trades), $"{ReportText.Percent(_run.WinRate)} won");
        WriteCard("Profit factor", ReportText.Ratio(_run.ProfitFactor), $"average {ReportText.Signed(_run.AverageTrade)}");
        WriteCard("Fees", ReportText.Amount(_run.Fees), $"turnover {ReportText.Ratio(_run.Turnover)}");
        WriteCard("Speed", $"{ReportText.Compact(_run.EventsPerSecond)}/s", $"{ReportText.Compact(_run.Events)} events");
        _page.Line("</section>");
    }

    private void WriteCard(string name, string value, string below, string style = "") => _page.Line(
        $"<div class=\"card\"><div class=\"name\">{name}</div><div class=\"value {style}\">{value}</div><div class=\"below\">{below}</div></div>");

    private void WriteAccountCharts()
    {
        TimeAxis time = TimeOf(model.Equity.Select(p => p.Time));
        string currency = _run.Currency;
        Open("Equity", [("equity", "Equity")]);
        new LineChart
        {
            Title = "Equity",
            Description = $"From {ReportText.Amount(_run.InitialEquity)} to {ReportText.Amount(_run.FinalEquity)} {currency}.",
            Time = time,
            Lines = [new("equity", "equity", model.Equity)],
            Format = value => ReportText.Amount(ToAmount(value)),
            Reference = (double)_run.InitialEquity,
            Height = 300,
        }.WriteTo(_page);
        Close();

        Open("Drawdown", []);
        new LineChart
        {
            Title = "Drawdown",
            Description = $"At its deepest {ReportText.Percent(-_run.MaxDrawdown)}.",
            Time = time,
            Lines = [new("drawdown", "drawdown", [.. model.Drawdown.Select(p => p with { Value = p.Value * -100 })], IsArea: true)],
            Format = percent => ReportText.Percent(percent / 100),
            Unit = " %",
            Base = 0,
            FlatSpan = -1,
            Height = 190,
        }.WriteTo(_page);
        Close();

        Open("Exposure", [("gross", "Gross"), ("net", "Net")]);
        new LineChart
        {
            Title = "Exposure",
            Description = $"Time in market {ReportText.Percent(_run.Exposure)}.",
            Time = time,
            Lines = [new("gross", "gross", model.GrossExposure, IsArea: true, IsStep: true), new("net", "net", model.NetExposure, IsStep: true)],
            Format = value => ReportText.Amount(ToAmount(value)),
            Base = 0,
            Height = 190,
        }.WriteTo(_page);
        Close();
    }

    private void WritePriceCharts()
    {
        foreach (PriceChart chart in model.PriceCharts)
        {
            string name = InstrumentName(chart.Instrument);
            IReadOnlyList<ChartPoint> prices = chart.Prices.Count > 0 ? chart.Prices : [.. chart.Fills.Select(f => new ChartPoint(f.Time, f.Price.ToDouble()))];
            Open(name, chart.Fills.Count == 0 ? [] : [("price", chart.Prices.Count > 0 ? "Price" : "Price of our fills"), ("buy", "Bought ▲"), ("sell", "Sold ▼")]);
            new LineChart
            {
                Title = $"Price of {name}",
                Description = $"{ReportText.Count(chart.Fills.Count)} fills are marked.",
                Time = TimeOf(prices.Select(p => p.Time).Concat(chart.Fills.Select(f => f.Time)).Concat(model.Equity.Select(p => p.Time))),
                Lines = [new("price", "price", prices)],
                Format = value => ReportText.Exact(ToAmount(value)),
                Marks = chart.Fills,
                Height = 280,
            }.WriteTo(_page);
            if (chart.FillStride > 1) _page.Line($"<p class=\"left-out\">One fill in {ReportText.Count(chart.FillStride)} is marked; fills.arrow has all of them.</p>");
            Close();
        }

        if (model.ChartsLeftOut > 0)
            _page.Line($"<p class=\"left-out\">{ReportText.Count(model.ChartsLeftOut)} more instruments have no chart here.</p>");
    }

    private void WriteStrategies()
    {
        IReadOnlyList<(StrategyResult Result, IReadOnlyList<string> Cells)> rows = StrategyTable.Rows(_run);
        if (rows.Count == 0) return;
        Open("By strategy", []);
        OpenTable([.. StrategyTable.Headings.Take(StrategyTable.Words)], [.. StrategyTable.Headings.Skip(StrategyTable.Words)]);
        foreach ((StrategyResult result, IReadOnlyList<string> cells) in rows.Take(MaxStrategyRows))
        {
            _page.Add($"<tr><th scope=\"row\">{Markup.Escape(cells[0])}</th><td>{Markup.Escape(cells[1])}</td>");
            for (int i = StrategyTable.Words; i < cells.Count; i++) _page.Add(Cell(cells[i], i == cells.Count - 1 ? SignClass(result.Profit) : ""));
            _page.Line("</tr>");
        }

        CloseTable(rows.Count - MaxStrategyRows, "more strategies are in summary.json.");
        _page.Line("<p class=\"left-out\">Profit is of closed trades, fees taken off. Turnover is traded notional over the mean equity of the account, which all share.</p>");
        Close();
    }

    private void WriteInstruments()
    {
        if (_run.PerInstrument.Count == 0) return;
        Open("By instrument", []);
        OpenTable(["Instrument"], ["Fills", "Trades", "Won", "Bought", "Sold", "Traded notional", "Fees", "Profit"]);
        foreach (InstrumentResult result in _run.PerInstrument.Take(MaxInstrumentRows))
        {
            double won = result.Trades > 0 ? (double)result.WinningTrades / result.Trades : double.NaN;
            _page.Line($"<tr><th scope=\"row\">{Markup.Escape(InstrumentName(result.Instrument))}</th>{Cell(ReportText.Count(result.Fills))}{Cell(ReportText.Count(result.Trades))}"
                + $"{Cell(ReportText.Percent(won))}{Cell(ReportText.Exact(result.Bought))}{Cell(ReportText.Exact(result.Sold))}{Cell(ReportText.Amount(result.TradedNotional))}"
                + $"{Cell(ReportText.Amount(result.Fees))}{Cell(ReportText.Signed(result.Profit), SignClass(result.Profit))}</tr>");
        }

        CloseTable(_run.PerInstrument.Count - MaxInstrumentRows, "more instruments are in summary.json.");
        Close();
    }

    private void WriteTrades()
    {
        if (model.Trades.Count == 0) return;
        Open("Trades", []);
        bool several = _run.Strategies.Count > 1;
        OpenTable(several ? ["#", "Strategy", "Instrument", "Side"] : ["#", "Instrument", "Side"], ["Opened (UTC)", "Held", "Quantity", "Entry", "Exit", "Fees", "Profit"]);
        int number = 0;
        foreach (RoundTrip trip in model.Trades)
        {
            _page.Add($"<tr><td>{ReportText.Count(++number)}</td>");
            if (several) _page.Add($"<td>{Markup.Escape(StrategyName(trip.Strategy))}</td>");
            _page.Add($"<td>{Markup.Escape(InstrumentName(trip.Instrument.Index))}</td><td>{(trip.Side == OrderSide.Buy ? "Long" : "Short")}</td>");
            _page.Line($"{Cell(ReportText.Time(trip.Opened))}{Cell(ReportText.Duration(trip.HoldingSeconds))}{Cell(ReportText.Exact(trip.Quantity))}{Cell(ReportText.Price(trip.EntryPrice))}"
                + $"{Cell(ReportText.Price(trip.ExitPrice))}{Cell(ReportText.Amount(trip.Fees))}{Cell(ReportText.Signed(trip.Profit), SignClass(trip.Profit))}</tr>");
        }

        CloseTable(_run.Trades - model.Trades.Count, "more trades are left out here; fills.arrow has every fill.");
        Close();
    }

    private void WriteStatistics()
    {
        IReadOnlyList<StatisticGroup> groups = StatisticGroup.All(_run);
        Open("Statistics", []);
        _page.Line("<div class=\"groups\">");
        foreach (StatisticGroup group in groups)
        {
            _page.Line($"<table class=\"pairs\"><caption>{group.Name}</caption><tbody>");
            foreach (StatisticLine line in group.Lines)
                _page.Line($"<tr title=\"{Markup.Escape(line.Definition)}\"><th scope=\"row\">{line.Name}</th><td>{Markup.Escape(line.Value)}</td></tr>");
            _page.Line("</tbody></table>");
        }

        _page.Line("</div>").Line("<details><summary>How each figure is defined</summary><dl>");
        foreach (StatisticLine line in groups.SelectMany(g => g.Lines)) _page.Line($"<dt>{line.Name}</dt><dd>{Markup.Escape(line.Definition)}</dd>");
        _page.Line("</dl></details>");
        Close();
    }

    private void WriteSettings()
    {
        if (model.Settings.Count == 0) return;
        Open("Settings", []);
        _page.Line("<div class=\"scroll\" tabindex=\"0\"><table class=\"pairs wide\"><tbody>");
        foreach (ReportSetting setting in model.Settings.Take(MaxSettings))
            _page.Line($"<tr><th scope=\"row\">{Markup.Escape(Short(setting.Name))}</th><td>{Markup.Escape(Short(setting.Value))}</td></tr>");
        CloseTable(model.Settings.Count - MaxSettings, "more settings are in config.json.");
        Close();
    }

    private void Open(string title, IReadOnlyList<(string Style, string Name)> legend)
    {
        _page.Line("<section class=\"panel\">").Add($"<div class=\"heading\"><h2>{Markup.Escape(title)}</h2>");
        if (legend.Count > 1)
        {
            _page.Add("<ul class=\"legend\">");
            foreach ((string style, string name) in legend) _page.Add($"<li class=\"{style}\">{name}</li>");
            _page.Add("</ul>");
        }

        _page.Line("</div>");
    }

    private void Close() => _page.Line("</section>");

    private void OpenTable(string[] words, string[] numbers)
    {
        _page.Line("<div class=\"scroll\" tabindex=\"0\"><table class=\"rows\"><thead><tr>");
        foreach (string word in words) _page.Add($"<th scope=\"col\">{word}</th>");
        foreach (string number in numbers) _page.Add($"<th scope=\"col\" class=\"number\">{number}</th>");
        _page.Line("</tr></thead><tbody>");
    }

    private void CloseTable(long leftOut, string words)
    {
        _page.Line("</tbody></table></div>");
        if (leftOut > 0) _page.Line($"<p class=\"left-out\">{ReportText.Count(leftOut)} {words}</p>");
    }

    private static string Cell(string text, string style = "") => $"<td class=\"number {style}\">{text}</td>";

    private static string SignClass(decimal amount) => amount switch { > 0 => "gain", < 0 => "loss", _ => "" };

    private static string Short(string text) => text.Length > MaxSettingLength ? text[..MaxSettingLength] + "…" : text;

    /// <summary>Chart values are doubles; beyond what a decimal holds there is nothing to say about cents.</summary>
    private static decimal ToAmount(double value) => (decimal)Math.Clamp(value, -7e28, 7e28);

    private static TimeAxis TimeOf(IEnumerable<Timestamp> times)
    {
        Timestamp first = Timestamp.MaxValue, last = Timestamp.MinValue;
        foreach (Timestamp time in times)
        {
            first = Timestamp.Min(first, time);
            last = Timestamp.Max(last, time);
        }

        return first <= last ? new TimeAxis(first, last) : new TimeAxis(default, default);
    }

    private string InstrumentName(int index) => index < _run.Instruments.Count ? _run.Instruments[index] : $"instrument {index}";

    private string StrategyName(StrategyId id) => id.Index < _run.Strategies.Count ? _run.Strategies[id.Index] : _run.Strategy;
}
