using System.Runtime.InteropServices;

namespace MiniTrader.LoadTests;

/// <summary>What a figure was measured on.</summary>
/// <param name="Processor">The processor's model name.</param>
/// <param name="Cores">Logical processors that this process may use.</param>
/// <param name="OperatingSystem">Name and version.</param>
/// <param name="DotNet">The runtime's version.</param>
internal sealed record MachineInfo(string Processor, int Cores, string OperatingSystem, string DotNet)
{
    private const string LinuxProcessors = "/proc/cpuinfo";

    public static MachineInfo Read() => new(
        ReadProcessor(), Environment.ProcessorCount, RuntimeInformation.OSDescription.Trim(), RuntimeInformation.FrameworkDescription);

    public override string ToString() => $"{Processor}, {Cores} cores, {OperatingSystem}, {DotNet}";

    private static string ReadProcessor()
    {
        if (File.Exists(LinuxProcessors))
        {
            string? line = File.ReadLines(LinuxProcessors).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
            if (line is not null) return line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        }

        return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
