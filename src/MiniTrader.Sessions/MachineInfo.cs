using System.Runtime.InteropServices;

namespace MiniTrader.Sessions;

/// <summary>What a run ran on, in one line, so that figures are never quoted without it.</summary>
public static class MachineInfo
{
    /// <summary>Processor, cores, system and runtime.</summary>
    public static string Describe() =>
        $"{Processor()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription.Trim()} {RuntimeInformation.OSArchitecture}, {RuntimeInformation.FrameworkDescription}";

    private static string Processor()
    {
        const string InfoFile = "/proc/cpuinfo";
        if (File.Exists(InfoFile))
        {
            foreach (string line in File.ReadLines(InfoFile))
            {
                if (line.StartsWith("model name", StringComparison.Ordinal)) return line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
            }
        }

        return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown processor";
    }
}
