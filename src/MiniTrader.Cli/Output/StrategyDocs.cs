using System.Xml;
using System.Xml.Linq;

namespace MiniTrader.Cli;

/// <summary>What a strategy's documentation comments say, from the XML file beside its assembly; empty where there is none.</summary>
internal sealed class StrategyDocs
{
    private readonly XElement? _type;
    private readonly XElement? _constructor;

    private StrategyDocs(XElement? type, XElement? constructor) => (_type, _constructor) = (type, constructor);

    /// <summary>The summary up to its first list or paragraph.</summary>
    public string Summary => Flatten(_type?.Element("summary")?.Nodes().TakeWhile(n => n is not XElement { Name.LocalName: "list" or "para" }));

    public static StrategyDocs Of(Type type)
    {
        string path = Path.ChangeExtension(type.Assembly.Location, ".xml");
        if (!File.Exists(path)) return new(null, null);
        try
        {
            List<XElement> members = [.. XDocument.Load(path).Descendants("member")];
            return new(
                members.Find(m => (string?)m.Attribute("name") == $"T:{type.FullName}"),
                members.Find(m => ((string?)m.Attribute("name"))?.StartsWith($"M:{type.FullName}.#ctor", StringComparison.Ordinal) == true));
        }
        catch (XmlException)
        {
            return new(null, null);
        }
    }

    /// <summary>What is said of a constructor's parameter.</summary>
    public string Of(string parameter) => Flatten(
        new[] { _type, _constructor }.OfType<XElement>().SelectMany(e => e.Elements("param")).FirstOrDefault(p => (string?)p.Attribute("name") == parameter)?.Nodes());

    private static string Flatten(IEnumerable<XNode>? nodes)
    {
        if (nodes is null) return "";
        string text = string.Concat(nodes.Select(node => node switch
        {
            XText plain => plain.Value,
            XElement { Name.LocalName: "paramref" } reference => (string?)reference.Attribute("name"),
            XElement { Name.LocalName: "see" } see => ((string?)see.Attribute("cref"))?.Split('.', ':')[^1],
            XElement other => Flatten(other.Nodes()),
            _ => "",
        }));
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd(':');
    }
}
