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

            run.ReportBytes(new FileInfo(path).Length);
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
        for (int group = 0; group < reader.RowGroupCount; group++)
        {
            using ParquetRowGroupReader groupReader = reader.OpenRowGroupReader(group);
            Dictionary<int, ParquetValues> values = [];
            foreach (int place in rows.Places)
            {
                using RawColumnData raw = await groupReader.ReadRawColumnDataBaseAsync(fields[place]);
                values[place] = ParquetValues.Create(fields[place], raw, path);
            }

            rows.Read(values, (int)groupReader.RowCount, path);
        }

        rows.Flush();
    }
}
