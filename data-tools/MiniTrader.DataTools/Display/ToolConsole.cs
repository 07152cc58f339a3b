using System.Globalization;
using Spectre.Console;

namespace MiniTrader.DataTools;

/// <summary>
/// Where the tools print: tables and progress bars on a terminal, plain lines in a pipe. Errors go to the second writer. One
/// thread.
/// </summary>
public sealed class ToolConsole
{
    private const int PlainWidth = 200;

    public ToolConsole(TextWriter output, TextWriter errors, bool isTerminal, CancellationToken stop = default)
    {
        Stop = stop;
        Output = output;
        Errors = errors;
        IsTerminal = isTerminal;
        Ansi = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!isTerminal) Ansi.Profile.Width = PlainWidth;
    }

    public TextWriter Output { get; }

    public TextWriter Errors { get; }

    public bool IsTerminal { get; }

    /// <summary>For tables and bars.</summary>
    public IAnsiConsole Ansi { get; }

    /// <summary>Cancelled when the person at it wants the job to end.</summary>
    public CancellationToken Stop { get; }

    public static ToolConsole System(CancellationToken stop) => new(Console.Out, Console.Error, !Console.IsOutputRedirected, stop);

    public void Line(string text = "") => Output.WriteLine(text);

    /// <summary>A table for people, folded where the terminal is narrower; in a pipe, one line a row with tabs between.</summary>
    public void Table(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(rows);
        if (!IsTerminal)
        {
            Line(string.Join('\t', header));
            foreach (IReadOnlyList<string> row in rows) Line(string.Join('\t', row));
            return;
        }

        IReadOnlyList<string>[] all = [.. rows];
        int width = Ansi.Profile.Width;
        if (FoldedTable.FramedWidth(header, all) > width)
        {
            foreach (string line in FoldedTable.Lines(header, all, width)) Line(line);
            return;
        }

        Table table = new() { Border = TableBorder.Rounded };
        foreach (string name in header) table.AddColumn(new TableColumn(Markup.Escape(name)).NoWrap());
        foreach (IReadOnlyList<string> row in all) table.AddRow(row.Select(Markup.Escape).ToArray());
        Ansi.Write(table);
    }

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number of things by their name: <c>1 file</c>, <c>2,000 files</c>.</summary>
    public static string Count(long number, string one) => number == 1 ? $"1 {one}" : $"{Count(number)} {one}s";

    /// <summary>Bytes in a unit that people read: <c>1.5 MiB</c>.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):F2} GiB"),
        >= 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):F1} MiB"),
        >= 1L << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 10):F1} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
    };
}
