using MiniTrader.DataTools;
using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.DataTools;

/// <summary>The tools as a person runs them.</summary>
internal static class Tools
{
    public static (int Code, string Output, string Errors) Run(params string[] args)
    {
        using StringWriter output = new(), errors = new();
        int code = DataToolsCli.Run(args, new(output, errors, false));
        return (code, output.ToString(), errors.ToString());
    }

    public static void Works(params string[] args)
    {
        (int code, string output, string errors) = Run(args);
        Assert.True(code == 0, $"{string.Join(' ', args)} → {code}\n{output}\n{errors}");
    }

    public static MarketEvent[] Rows(string directory, string series)
    {
        TickCatalog catalog = TickCatalog.Open(directory);
        using CatalogFeed feed = CatalogFeed.OpenSeries(catalog, catalog.Series.Single(s => s.ToString() == series), new(0), new());
        List<MarketEvent> rows = [];
        MarketEvent[] batch = new MarketEvent[1000];
        while (!feed.IsFinished) rows.AddRange(batch[..feed.Fill(batch)]);
        return [.. rows];
    }
}
