using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.TickStore;

/// <summary>Two programs that write to one catalog at a time, as two imports do: neither loses what the other wrote.</summary>
public sealed class WritersTogetherTests
{
    [Fact]
    public void What_another_writer_finished_meanwhile_stays()
    {
        using TemporaryFolder folder = new();
        using CatalogWriter first = new(folder.Path, new TickFileOptions()), second = new(folder.Path, new TickFileOptions());
        Write(first, "AAA");
        Write(second, "BBB");
        first.Complete();
        second.Complete();
        TickCatalog catalog = TickCatalog.Open(folder.Path);
        Assert.Equal(["AAA.XTST", "BBB.XTST"], catalog.Instruments.Select(i => i.Name));
        Assert.Equal(2, catalog.Series.Count);
    }

    [Fact]
    public void Many_that_finish_at_once_all_stay()
    {
        using TemporaryFolder folder = new();
        string[] symbols = [.. Enumerable.Range(0, 24).Select(i => $"S{i:00}")];
        Parallel.ForEach(symbols, symbol =>
        {
            using CatalogWriter writer = new(folder.Path, new TickFileOptions());
            Write(writer, symbol);
            writer.Complete();
        });
        Assert.Equal(symbols.Select(s => $"{s}.XTST"), TickCatalog.Open(folder.Path).Instruments.Select(i => i.Name));
    }

    [Fact]
    public void Other_reference_data_of_the_same_name_is_refused_even_when_it_came_meanwhile()
    {
        using TemporaryFolder folder = new();
        using CatalogWriter first = new(folder.Path, new TickFileOptions()), second = new(folder.Path, new TickFileOptions());
        first.Register(Share("AAA"));
        second.Register(Share("AAA") with { TickSize = Price.Parse("0.05") });
        first.Complete();
        TickDataException refused = Assert.Throws<TickDataException>(() => second.Complete());
        Assert.Contains("other reference data for AAA.XTST", refused.Message, StringComparison.Ordinal);
        Assert.Equal("0.01", TickCatalog.Open(folder.Path).Instruments[0].TickSize.ToString());
    }

    private static void Write(CatalogWriter writer, string symbol)
    {
        MarketEvent e = default;
        e.Header.VenueTime = e.Header.ReceivedTime = Timestamp.Parse("2024-01-02T10:00:00Z");
        e.Header.Kind = EventKind.Quote;
        e.Header.Flags = EventFlags.ForBoth;
        e.Quote.Bid = Price.Parse("10");
        e.Quote.Ask = Price.Parse("11");
        writer.Append(Share(symbol), [e]);
    }

    private static Instrument Share(string symbol) => new() { Symbol = symbol, Venue = "XTST" };
}
