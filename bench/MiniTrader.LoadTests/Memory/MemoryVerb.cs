using System.CommandLine;
using System.Runtime.InteropServices;
using MiniTrader.TickStore;

namespace MiniTrader.LoadTests;

/// <summary>
/// <c>memory</c>: the process's resident memory while ever more events are replayed. The figures of a size are the highest of its
/// run, sampled by a thread of their own; they must not grow with the events.
/// </summary>
internal static partial class MemoryVerb
{
    private static readonly Option<long[]> _sizes = new("--sizes")
    {
        Description = "Numbers of quotes to replay, smallest first.",
        DefaultValueFactory = _ => [1_000_000, 10_000_000, 50_000_000, 200_000_000],
        AllowMultipleArgumentsPerToken = true,
    };

    public static Command Create()
    {
        Command command = new("memory", "Resident memory from a million events to two hundred million.") { _sizes };
        command.SetAction(parsed =>
        {
            Measure(parsed.GetValue(_sizes)!).Print(Console.Out, parsed.GetValue(ReportOptions.Json));
            return 0;
        });
        return command;
    }

    private static LoadTestReport Measure(long[] sizes)
    {
        // One small run first: code, rings and tables are paid for before anything is compared.
        ReplayOnce(sizes[0], out _);
        List<MemoryLine> lines = [];
        double rate = 0, allocated = 0;
        foreach (long size in sizes)
        {
            Console.Error.WriteLine($"{size:N0} quotes");
            long peak = ReplayOnce(size, out EngineRun run);
            lines.Add(new MemoryLine(size, peak, GC.GetTotalMemory(forceFullCollection: true)));
            (rate, allocated) = (run.EventsPerSecond, run.AllocatedBytesPerEvent);
        }

        Console.WriteLine($"{"events",14} {"peak resident MiB",18} {"managed MiB after",18}");
        foreach (MemoryLine line in lines) Console.WriteLine($"{line.Events,14:N0} {line.PeakResidentBytes / 1048576.0,18:F1} {line.ManagedBytes / 1048576.0,18:F2}");
        return new LoadTestReport
        {
            Test = "memory",
            About = "Peak resident memory of a replay; the ratio is the largest size over the smallest, and 1 is flat.",
            EventsPerSecond = rate,
            AllocatedBytesPerEvent = allocated,
            Ratio = lines[^1].PeakResidentBytes / (double)lines[0].PeakResidentBytes,
            Memory = lines,
        };
    }

    private static long ReplayOnce(long rows, out EngineRun run)
    {
        using TestCatalog catalog = TestCatalog.Generate(rows, 1, TickCompression.None);

        GiveBack();
        using PeakMemory peak = new();
        using CatalogFeed feed = catalog.OpenFeed();
        run = EngineRun.Inline(feed, catalog.Catalog.Instruments);
        return peak.Bytes;
    }

    /// <summary>What the generator left, in managed and native memory, is not the replay's: it goes back to the system first.</summary>
    private static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = TrimHeap(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Only the GNU library keeps back what was freed, and only there it can be told.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimHeap(nuint keep);
}

/// <summary>Memory of one replay.</summary>
internal sealed record MemoryLine(long Events, long PeakResidentBytes, long ManagedBytes);
