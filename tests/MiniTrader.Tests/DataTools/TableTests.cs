using MiniTrader.DataTools;
using Xunit;

namespace MiniTrader.Tests.DataTools;

/// <summary>What the tools' tables are on terminals of several widths.</summary>
public sealed class TableTests
{
    private static readonly string[] _header = ["severity", "check", "instrument", "count", "time", "what"];

    private static readonly string[][] _rows =
    [
        ["warning", "crossed", "IBM.USA", "276", "2013-10-07T12:20:04.773Z", "bid 181.93 above ask 181.75"],
        ["info", "session-break", "IBM.USA", "2", "2013-10-08T12:47:49.457Z", "after 13 h 21 min 41.907 s of silence"],
    ];

    [Theory]
    [InlineData(200, true)]
    [InlineData(116, true)]
    [InlineData(115, false)]
    [InlineData(80, false)]
    [InlineData(40, false)]
    public void No_cell_is_broken_and_no_line_is_wider_than_the_terminal(int width, bool isFramed)
    {
        string text = Draw(width);
        Assert.Equal(isFramed, text.Contains('╭', StringComparison.Ordinal));
        Assert.All(_rows.SelectMany(r => r).Concat(_header), cell => Assert.Contains(cell, text, StringComparison.Ordinal));
        Assert.All(text.Split(Environment.NewLine), line => Assert.True(line.Length <= Math.Max(width, 41), line));
    }

    [Fact]
    public void A_row_goes_on_below_further_to_the_right()
    {
        string expected = string.Join(
            Environment.NewLine,
            "severity  check          instrument  count  time",
            "    what",
            "warning   crossed        IBM.USA     276    2013-10-07T12:20:04.773Z",
            "    bid 181.93 above ask 181.75",
            "info      session-break  IBM.USA     2      2013-10-08T12:47:49.457Z",
            "    after 13 h 21 min 41.907 s of silence",
            "");
        Assert.Equal(expected, Draw(80));
    }

    private static string Draw(int width)
    {
        using StringWriter output = new();
        ToolConsole console = new(output, TextWriter.Null, isTerminal: true);
        console.Ansi.Profile.Width = width;
        console.Table(_header, _rows);
        return output.ToString();
    }
}
