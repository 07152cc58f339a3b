using System.CommandLine;
using MiniTrader.TickStore;

namespace MiniTrader.DataTools;

/// <summary>The options of every command that writes a catalog.</summary>
internal sealed class CatalogSettings
{
    private readonly Option<string> _catalog = new("--catalog") { Description = "The catalog's folder; made if it is not there" };
    private readonly Option<TickCompression> _compression = new("--compression") { Description = "none: read without a copy; lz4: about a third of the size [default: none]", HelpName = OptionText.Words<TickCompression>() };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace files and reference data that are already in the catalog" };

    /// <param name="command">The command that gets the options.</param>
    /// <param name="isRequired">False for a command that can also write something else.</param>
    public CatalogSettings(Command command, bool isRequired = true)
    {
        _catalog.Required = isRequired;
        command.Add(_catalog);
        command.Add(_compression);
        command.Add(_overwrite);
    }

    public string Catalog(ParseResult parsed) => parsed.GetValue(_catalog) ?? throw new ImportException("--catalog must name the folder to write to.");

    public bool IsOverwriting(ParseResult parsed) => parsed.GetValue(_overwrite);

    public TickFileOptions Files(ParseResult parsed) => new() { Compression = parsed.GetValue(_compression), Overwrite = parsed.GetValue(_overwrite) };
}
