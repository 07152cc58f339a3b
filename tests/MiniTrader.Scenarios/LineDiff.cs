using System.Globalization;
using System.Text;

namespace MiniTrader.Scenarios;

/// <summary>The lines that are missing (−) and the lines that are too many (+), by the longest common subsequence.</summary>
internal static class LineDiff
{
    public static string Describe(string expected, string actual)
    {
        string[] a = expected.TrimEnd('\n').Split('\n'), b = actual.TrimEnd('\n').Split('\n');
        int[,] common = new int[a.Length + 1, b.Length + 1];
        for (int i = a.Length - 1; i >= 0; i--)
        {
            for (int j = b.Length - 1; j >= 0; j--)
                common[i, j] = a[i] == b[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        StringBuilder text = new();
        int x = 0, y = 0;
        while (x < a.Length || y < b.Length)
        {
            if (x < a.Length && y < b.Length && a[x] == b[y])
            {
                text.Append(CultureInfo.InvariantCulture, $"    {a[x]}\n");
                x++;
                y++;
            }
            else if (x < a.Length && (y == b.Length || common[x + 1, y] >= common[x, y + 1])) text.Append(CultureInfo.InvariantCulture, $"  - {a[x++]}\n");
            else text.Append(CultureInfo.InvariantCulture, $"  + {b[y++]}\n");
        }

        return text.ToString();
    }
}
