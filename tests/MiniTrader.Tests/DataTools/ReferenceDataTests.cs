using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.DataTools;

/// <summary>What a second import says of an instrument that the catalog knows.</summary>
public sealed class ReferenceDataTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Catalog => Path.Combine(_folder.Root, "catalog");

    private Instrument Stored => TickCatalog.Open(Catalog).Instruments[0];

    public void Dispose() => _folder.Dispose();

    private string[] Import(string day, params string[] options) =>
        ["import", "csv", _folder.Write($"{day}/AAA.csv", $"time,bid,ask\n{day}T15:00:00Z,10.01,11.02\n"), "--venue", "X", .. options, "--catalog", Catalog];

    [Theory]
    [InlineData("currency USD", "--currency", "EUR")]
    [InlineData("asset class Equity", "--asset-class", "Future")]
    [InlineData("tick 0.01", "--tick", "0.005")]
    [InlineData("lot 1", "--lot", "100")]
    [InlineData("multiplier 1", "--multiplier", "50")]
    public void An_option_that_contradicts_the_catalog_is_refused(string present, string option, string value)
    {
        Tools.Works(Import("2024-06-03"));
        Instrument before = Stored;
        (int code, _, string errors) = Tools.Run(Import("2024-06-04", option, value));
        Assert.Equal(2, code);
        Assert.Contains($"AAA.X has the {present} in the catalog, and {option} says {value}.", errors, StringComparison.Ordinal);
        Assert.Single(Tools.Rows(Catalog, "quotes of AAA.X"));
        Assert.Equal(before, Stored);

        // The same again is no contradiction, and overwriting replaces it.
        Tools.Works(Import("2024-06-04", option, present.Split(' ')[^1]));
        Tools.Works(Import("2024-06-05", option, value, "--overwrite"));
        Assert.NotEqual(before, Stored);
    }

    [Fact]
    public void What_an_import_only_assumes_gives_way_and_is_told()
    {
        Tools.Works(Import("2024-06-03", "--currency", "EUR", "--asset-class", "Future", "--multiplier", "50", "--tick", "0.005"));
        (int code, string output, string errors) = Tools.Run(Import("2024-06-04"));
        Assert.True(code == 0, errors);
        Assert.Contains(
            "note: what the catalog has was kept for AAA.X: asset class Future (here Equity), currency EUR (here USD), tick 0.005 (here 0.01), multiplier 50 (here 1) (--overwrite replaces it).",
            output, StringComparison.Ordinal);
        Assert.Equal((Currency.Parse("EUR"), AssetClass.Future, 50m), (Stored.Currency, Stored.AssetClass, Stored.Multiplier));
        Assert.Equal(2, Tools.Rows(Catalog, "quotes of AAA.X").Length);
        Assert.DoesNotContain("was kept", Tools.Run(Import("2024-06-05", "--currency", "EUR", "--asset-class", "Future", "--multiplier", "50.0", "--tick", "0.005")).Output, StringComparison.Ordinal);
    }
}
