using MiniTrader.Exchange;

namespace MiniTrader.Scenarios;

/// <summary>The input lines of a script; what a run has answered to them stands between and is left out.</summary>
internal static class ScriptLines
{
    /// <summary>Hands over line by line. A broken promise of the venue is the scenario's to tell; any other fault names the line.</summary>
    public static void Read(string script, Action<string> read)
    {
        int number = 0;
        foreach (string line in script.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            number++;
            if (line.TrimStart().StartsWith('>') || line.TrimStart().StartsWith('|')) continue;
            try
            {
                read(line);
            }
            catch (Exception e) when (e is not VenueInvariantException)
            {
                throw new FormatException($"Line {number}: '{line.Trim()}': {e.Message}", e);
            }
        }
    }
}
