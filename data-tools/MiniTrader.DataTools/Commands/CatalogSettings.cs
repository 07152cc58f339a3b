using System.CommandLine;
using MiniTrader.TickStore;

namespace MiniTrader.DataTools;

/// <summary>The options of every command that writes a catalog.</summary>
internal sealed class CatalogSettings
{
    private readonly Option<string> _catalog = new("--catalog") { Description = "The catalog's folder; made if it is not there", Required = true };
    private readonly Option<TickCompression> _compression = new("--compression") { Description = "none: read without a copy; lz4: about a third of the size" };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace files and reference data that are already in the catalog" };

    public CatalogSettings(Command command)
    {
        command.Add(_catalog);
        command.Add(_compression);
        command.Add(_overwrite);
    }

    public string Catalog(ParseResult parsed) => parsed.GetRequiredValue(_catalog);

    public TickFileOptions Files(ParseResult parsed) => new() { Compression = parsed.GetValue(_compression), Overwrite = parsed.GetValue(_overwrite) };
}
