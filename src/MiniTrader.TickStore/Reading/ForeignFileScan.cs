namespace MiniTrader.TickStore;

/// <summary>
/// Learns the statistics of a file that another writer made, by reading the times of every row once. Import such files into a
/// catalog to save this on later runs.
/// </summary>
internal static class ForeignFileScan
{
    public static BatchStatistics[] Run(TickFile file)
    {
        BatchStatistics[] statistics = new BatchStatistics[file.Blocks.Length];
        using MappedFile map = MappedFile.Open(file.Path, file.Length);
        using BatchReader reader = new();
        long last = long.MinValue;
        for (int i = 0; i < statistics.Length; i++)
        {
            statistics[i] = reader.Scan(file, map, i, last);
            last = statistics[i].LastReceived;
            if (reader.WasCompressed) file.AdoptCompression(TickCompression.Lz4);
            map.ReleaseBefore(file.Blocks[i].End);
        }

        return statistics;
    }
}
