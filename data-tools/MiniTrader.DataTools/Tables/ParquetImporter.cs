using MiniTrader.TickStore;
using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace MiniTrader.DataTools;

/// <summary>
/// Imports Parquet tables, one row group in memory at a time. Prices and sizes may be decimals, floats, whole numbers, text, or
/// the fixed-size binary of NautilusTrader (8 bytes of 1e-9, 16 bytes of 1e-16, little-endian), whose instrument id is taken from
/// the file's metadata.
/// </summary>
public sealed class ParquetImporter(TableOptions options)
{
    /// <summary>
    /// Rows of a group, which is decoded as a whole: the format lays it out by columns. Some 16 bytes a row and column that is needed, 6 GB for
    /// quotes of this many; usual writers make groups of a hundred thousand to a million rows.
    /// </summary>
    public const int MaxGroupRows = 1 << 26;

    /// <summary>Larger groups are said: their memory is what the import takes.</summary>
    private const int LargeGroupRows = 1 << 22;

    private readonly TableOptions _options = options.Validated();

    public void Import(ImportRun run, IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(run);
        foreach (string path in InputFiles.Find(paths, ".parquet"))
        {
            FileAccount account = run.Begin(path);
            try
            {
                ImportFileAsync(run, path, account).GetAwaiter().GetResult();
            }
            catch (Exception e) when (e is not (ImportException or TickDataException or TickFileException))
            {
                // A damaged file makes the library throw whatever its decoders happen to run into.
                throw new ImportException($"{path} cannot be read as Parquet: {e.Message}", e);
            }

            run.End(account);
        }
    }

    private async Task ImportFileAsync(ImportRun run, string path, FileAccount account)
    {
        await using ParquetReader reader = await ParquetReader.CreateAsync(RegularFile.Require(path));
        DataField[] fields = [.. reader.Schema.GetDataFields().Where(f => f.MaxRepetitionLevel == 0)];
        (string? symbol, string? venue) = NautilusMetadata.InstrumentOf(reader.CustomMetadata);
        TableOptions options = venue is not null && _options.Venue == new TableOptions().Venue ? _options with { Venue = venue } : _options;
        TableColumns columns = TableColumns.Resolve(options, [.. fields.Select(f => f.Name)], path);
        if (fields.Any(f => f is DateTimeDataField)) run.Remark($"{Path.GetFileName(path)}: timestamps are read in steps of 100 ns");
        ParquetRows rows = new(options, columns, fields, run, account)
        {
            Symbol = options.Symbol ?? symbol ?? (columns[TableField.Symbol] < 0 ? Path.GetFileNameWithoutExtension(path).ToUpperInvariant() : null),
        };
        (long length, long total, long told, long done) = (new FileInfo(path).Length, Math.Max(1, reader.Metadata!.NumRows), 0, 0);
        for (int group = 0; group < reader.RowGroupCount; group++)
        {
            using ParquetRowGroupReader groupReader = reader.OpenRowGroupReader(group);
            if (groupReader.RowCount > MaxGroupRows)
                throw new ImportException($"{path}: row group {group} has {groupReader.RowCount} rows, and a group is read as a whole; at most {MaxGroupRows} are. Write the file again with smaller row groups, such as a million rows.");
            if (groupReader.RowCount > LargeGroupRows) run.Remark($"{Path.GetFileName(path)}: row groups of more than {LargeGroupRows} rows, each of which is held in memory; a million rows a group need a few hundred megabytes");
            Dictionary<int, ParquetValues> values = [];
            foreach (int place in rows.Places)
            {
                using RawColumnData raw = await groupReader.ReadRawColumnDataBaseAsync(fields[place]);
                values[place] = ParquetValues.Create(fields[place], raw, path);
            }

            rows.Read(values, (int)groupReader.RowCount, path);

            // How far a file is, in parts of its length by the rows that are done.
            done += groupReader.RowCount;
            long here = (long)((Int128)length * Math.Min(done, total) / total);
            run.ReportBytes(here - told);
            told = here;
        }

        run.ReportBytes(length - told);

        rows.Flush();
    }
}
