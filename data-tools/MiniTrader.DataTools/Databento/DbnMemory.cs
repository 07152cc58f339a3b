namespace MiniTrader.DataTools;

/// <summary>The records of one DBN file, unpacked and in memory: for measuring what reading them costs apart from the disk.</summary>
public static class DbnMemory
{
    /// <summary>The bytes behind the metadata.</summary>
    /// <exception cref="ImportException">The file is not DBN, or is damaged.</exception>
    public static byte[] Load(string path)
    {
        using MemoryStream records = new();
        foreach (SourcePart part in SourceFile.Parts(path, new ImportRun(NullSink.Instance)))
        {
            DbnReader reader = DbnFiles.Open(part);
            while (reader.TryRead(out ReadOnlySpan<byte> record, out string? wrong))
            {
                if (wrong is not null) throw new ImportException($"{part.Name}, record {reader.Record} at byte {reader.Offset}: {wrong}.");

                // A send time is cut off, so the length says what is left.
                records.WriteByte((byte)(record.Length / 4));
                records.Write(record[1..]);
            }

            if (reader.Fault is { } fault) throw new ImportException($"{part.Name}, record {reader.Record} at byte {reader.Offset}: {fault}.");
        }

        return records.ToArray();
    }
}
