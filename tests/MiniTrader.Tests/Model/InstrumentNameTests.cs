using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Model;

/// <summary>A name that finds nothing, or too much, is answered with what there is.</summary>
public sealed class InstrumentNameTests
{
    private static readonly InstrumentTable _table = new([.. Enumerable.Range(0, 23).Select(i => new Instrument { Symbol = $"S{i}", Venue = "XTST" }), new Instrument { Symbol = "S0", Venue = "XOTH" }]);

    [Fact]
    public void A_symbol_of_one_venue_and_a_full_name_are_found()
    {
        Assert.Equal(new InstrumentId(7), _table.Find("s7"));
        Assert.Equal(new InstrumentId(23), _table.Find("S0.XOTH"));
    }

    [Fact]
    public void A_symbol_of_two_venues_is_answered_with_both() =>
        Assert.Equal("Several instruments are called 'S0': S0.XTST, S0.XOTH. Name one in full.", Assert.Throws<ArgumentException>(() => _table.Find("S0")).Message);

    [Fact]
    public void A_name_that_there_is_not_is_answered_with_the_first_and_how_many_more()
    {
        string sentence = Assert.Throws<ArgumentException>(() => _table.Find("T")).Message;
        Assert.StartsWith("No instrument is called 'T'. The session has: S0.XTST, S1.XTST, ", sentence, StringComparison.Ordinal);
        Assert.EndsWith(", S19.XTST and 4 more.", sentence, StringComparison.Ordinal);
    }
}
