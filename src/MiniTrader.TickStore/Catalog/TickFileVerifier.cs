namespace MiniTrader.TickStore;

/// <summary>What a verification found wrong; <see cref="Batch"/> is −1 when the file as a whole is at fault.</summary>
public sealed record TickFileFault(string Path, int Batch, string Message);

/// <summary>Recomputes the checksums and re-checks the order of a tick file from its first byte to its last.</summary>
public static class TickFileVerifier
{
    /// <summary>Every fault, one a batch at most; empty for a sound file. Damage never throws; a file that cannot be opened does.</summary>
    public static IReadOnlyList<TickFileFault> Verify(string path, TickKind kind)
    {
        List<TickFileFault> faults = [];
        try
        {
            TickFile file = TickFile.Open(path, kind);
            if (file.Blocks.Length == 0) return faults;
            using MappedFile map = MappedFile.Open(path, file.Length);
            using BatchReader reader = new();
            for (int i = 0; i < file.Blocks.Length; i++)
            {
                if (Check(file, map, reader, i) is { } fault) faults.Add(fault);
                map.ReleaseBefore(file.Blocks[i].End);
            }
        }
        catch (TickFileException fault)
        {
            faults.Add(new TickFileFault(path, fault.Batch, fault.Message));
        }

        return faults;
    }

    private static TickFileFault? Check(TickFile file, MappedFile map, BatchReader reader, int batch)
    {
        try
        {
            reader.Read(file, map, batch, BatchReader.KeepVenueTimes, header: 0, verify: true);
            return null;
        }
        catch (TickFileException fault)
        {
            return new TickFileFault(file.Path, batch, fault.Message);
        }
    }
}
