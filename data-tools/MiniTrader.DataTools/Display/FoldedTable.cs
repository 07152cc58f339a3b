namespace MiniTrader.DataTools;

/// <summary>
/// A table that is wider than its terminal: columns stand below each other as far as they fit in a line, the rest of a row in lines below it, further to the right.
/// No cell is broken but one that is wider than the terminal by itself.
/// </summary>
internal static class FoldedTable
{
    private const int Gap = 2, Indent = 4;

    /// <summary>Columns that a frame with rounded corners needs: a space on both sides of each cell, and the lines.</summary>
    public static int FramedWidth(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows) => Widths(header, rows).Sum(w => w + 3) + 1;

    public static IEnumerable<string> Lines(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows, int width)
    {
        int[] widths = Widths(header, rows);
        List<List<int>> folds = Fold(widths, width);
        return rows.Prepend(header).SelectMany(row => folds.Select((columns, i) => LineOf(row, columns, widths, i == 0 ? 0 : Indent)));
    }

    private static int[] Widths(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows) =>
        [.. header.Select((name, i) => rows.Select(r => r[i].Length).Append(name.Length).Max())];

    /// <summary>Which columns each line of a row has.</summary>
    private static List<List<int>> Fold(int[] widths, int width)
    {
        List<List<int>> folds = [[]];
        int used = 0;
        for (int i = 0; i < widths.Length; i++)
        {
            if (folds[^1].Count > 0 && used + Gap + widths[i] > width)
            {
                folds.Add([]);
                used = Indent;
            }

            used += (folds[^1].Count > 0 ? Gap : 0) + widths[i];
            folds[^1].Add(i);
        }

        return folds;
    }

    private static string LineOf(IReadOnlyList<string> row, List<int> columns, int[] widths, int indent) =>
        (new string(' ', indent) + string.Join(new string(' ', Gap), columns.Select(i => row[i].PadRight(widths[i])))).TrimEnd();
}
