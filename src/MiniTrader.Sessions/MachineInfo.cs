using System.Runtime.InteropServices;

namespace MiniTrader.Sessions;

/// <summary>What a run ran on, so that figures are never quoted without it. As text, one line.</summary>
/// <param name="Processor">The processor's model name.</param>
/// <param name="Cores">Logical processors that this process may use.</param>
/// <param name="OperatingSystem">Name, version and architecture.</param>
/// <param name="DotNet">The runtime's version.</param>
public sealed record MachineInfo(string Processor, int Cores, string OperatingSystem, string DotNet)
{
    public static MachineInfo Read() => new(
        ReadProcessor(),
        Environment.ProcessorCount,
        $"{RuntimeInformation.OSDescription.Trim()} {RuntimeInformation.OSArchitecture}",
        RuntimeInformation.FrameworkDescription);

    public override string ToString() => $"{Processor}, {Cores} cores, {OperatingSystem}, {DotNet}";

    private static string ReadProcessor()
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
