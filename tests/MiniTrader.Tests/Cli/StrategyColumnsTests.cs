using MiniTrader.Analytics;
using MiniTrader.Cli;
using MiniTrader.Samples;
using Xunit;

namespace MiniTrader.Tests.Cli;

/// <summary>What a terminal of a given width shows.</summary>
public sealed class StrategyColumnsTests
{
    private static readonly IReadOnlyList<string> _row = ["MeanReversion", "GEN1.XGEN", "562,313", "0", "6,738", "0", "562,313", "281,156", "12.53 %", "130.62", "0.00", "−4,950.87"];

    [Theory]
    [InlineData(200, 12)]
    [InlineData(120, 12)]
    [InlineData(80, 8)]
    [InlineData(10, 3)]
    public void The_table_of_strategies_has_as_many_columns_as_fit_in_one_line(int width, int count)
    {
        IReadOnlyList<int> columns = StrategyColumns.That([_row], width);
        Assert.Equal(count, columns.Count);
        Assert.Equal(columns.Order(), columns);
        string[] headings = [.. columns.Select(i => StrategyTable.Headings[i])];
        Assert.Equal(["Strategy", "Instrument", "Profit"], headings.Where(h => h is "Strategy" or "Instrument" or "Profit"));
        if (count > 3) Assert.True(columns.Sum(i => Math.Max(_row[i].Length, StrategyTable.Headings[i].Length) + 2) <= width);
    }

    [Fact]
    public void A_strategy_of_which_nothing_is_said_has_no_empty_line()
    {
        using StringWriter output = new();
        StrategyListing.Write(typeof(Sessions.NoteTests.OneBid), output);
        Assert.Equal(["OneBid", "    --set instrument=SYMBOL", "    --set size=LOT", "", ""], output.ToString().Split(Environment.NewLine));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(300)]
    public void The_list_of_strategies_is_wrapped_between_words_at_the_terminals_width(int columns)
    {
        using StringWriter output = new();
        StrategyListing.Write(typeof(PairTrade), output, columns);
        string[] lines = output.ToString().Split(Environment.NewLine);
        Assert.All(lines, l => Assert.True(l.Length < columns && l.Length <= StrategyListing.UsualWidth, l));
        Assert.Contains(lines, l => l.Length > Math.Min(columns, 100) - 20);
    }
}
