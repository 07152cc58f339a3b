using MiniTrader.Feeds;
using Xunit;

namespace MiniTrader.Tests.Feeds;

public sealed class GeneratedMarketOptionsTests
{
    [Fact]
    public void Every_key_is_read()
    {
        GeneratedMarketOptions options = GeneratedMarketOptions.Parse(
            "generated:seed=7, rows=2M, instruments=3, start=2023-05-01, days=4, trades=0.3, volatility=0.02, correlation=0.5");
        Assert.Equal(new GeneratedMarketOptions
        {
            Seed = 7,
            Rows = 2_000_000,
            Instruments = 3,
            Start = new(2023, 5, 1),
            Days = 4,
            TradeShare = 0.3,
            DailyVolatility = 0.02,
            Correlation = 0.5,
        }, options);
    }

    [Theory]
    [InlineData("")]
    [InlineData("generated")]
    [InlineData("generated:")]
    public void Nothing_said_means_the_defaults(string text) => Assert.Equal(new GeneratedMarketOptions(), GeneratedMarketOptions.Parse(text));

    [Fact]
    public void The_text_form_reads_back()
    {
        GeneratedMarketOptions options = new() { Seed = ulong.MaxValue, Rows = 12_345_678, TradeShare = 0.1 + 0.2, Days = 9 };
        Assert.Equal(options, GeneratedMarketOptions.Parse(options.ToString()));
    }

    [Theory]
    [InlineData("generated:sed=7", "'sed'")]
    [InlineData("generated:seed", "'seed' in")]
    [InlineData("generated:seed=-1", "'seed' of a generated market cannot be '-1'")]
    [InlineData("generated:seed=1,seed=2", "twice")]
    [InlineData("generated:rows=0", "'rows'")]
    [InlineData("generated:rows=12x", "'rows' of a generated market cannot be '12x'")]
    [InlineData("generated:rows=9999999999999M", "'rows'")]
    [InlineData("generated:rows=9000000000M,days=1", "raise days")]
    [InlineData("generated:instruments=0", "'instruments'")]
    [InlineData("generated:instruments=1001", "1 to 1000")]
    [InlineData("generated:days=-1", "'days'")]
    [InlineData("generated:start=2024-13-01", "2024-01-02")]
    [InlineData("generated:start=1850-01-01", "'start'")]
    [InlineData("generated:trades=1", "'trades'")]
    [InlineData("generated:trades=NaN", "'trades'")]
    [InlineData("generated:volatility=0", "'volatility'")]
    [InlineData("generated:correlation=1.1", "'correlation'")]
    [InlineData("random:seed=1", "'random:seed' in")]
    public void A_wrong_key_or_value_is_named(string text, string expected)
    {
        Assert.Contains(expected, Assert.Throws<FormatException>(() => GeneratedMarketOptions.Parse(text)).Message, StringComparison.Ordinal);
    }
}
