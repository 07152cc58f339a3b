namespace MiniTrader.TickStore;

/// <summary>What a verification found wrong; <see cref="Batch"/> is −1 when the file as a whole is at fault.</summary>
public sealed record TickFileFault(string Path, int Batch, string Message);

/// <summary>Recomputes the checksums and re-checks the order of a tick file from its first byte to its last.</summary>
public static class TickFileVerifier
{
    /// <summary>Every fault, one a batch at most; empty for a sound file. Faults never throw.</summary>
    public static IReadOnlyList<TickFileFault> Verify(string path) => throw new NotImplementedException();
}
