using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace MiniTrader.Fix;

/// <summary>Reads the XML form of QuickFIX data dictionaries. Used once, when a session is set up.</summary>
internal sealed class DictionaryReader
{
    private const int DepthMax = 16;

    private readonly string _name;
    private readonly Dictionary<string, FieldDefinition> _fields = [];
    private readonly Dictionary<string, XElement> _components = [];
    private readonly Dictionary<XElement, GroupDefinition> _groups = [];

    private DictionaryReader(string name) => _name = name;

    public static FixDictionary Read(Stream stream, string name)
    {
        XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true };
        try
        {
            using XmlReader reader = XmlReader.Create(stream, settings);
            XElement root = XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
            return new DictionaryReader(name).Build(root);
        }
        catch (XmlException e)
        {
            throw new InvalidDataException($"{name}, line {e.LineNumber}: this is no XML: {e.Message}", e);
        }
    }

    private FixDictionary Build(XElement root)
    {
        if (root.Name.LocalName != "fix") throw Wrong(root, $"a FIX data dictionary starts with <fix>, not with <{root.Name.LocalName}>");
        string type = root.Attribute("type")?.Value ?? "FIX";
        if (type is not ("FIX" or "FIXT")) throw Wrong(root, $"the type is FIX or FIXT, not '{type}'");
        string servicePack = root.Attribute("servicepack")?.Value is { } pack and not ("0" or "") ? "SP" + pack : "";
        string version = $"{type}.{Text(root, "major")}.{Text(root, "minor")}{servicePack}";

        foreach (XElement field in Section(root, "fields").Elements()) AddField(field);
        foreach (XElement component in root.Element("components")?.Elements("component") ?? [])
        {
            if (!_components.TryAdd(Text(component, "name"), component)) throw Wrong(component, $"component {Text(component, "name")} is defined twice");
        }

        Dictionary<ulong, FieldSet> messages = [];
        foreach (XElement message in Section(root, "messages").Elements("message"))
        {
            string msgType = Text(message, "msgtype");
            ulong packed = MsgTypes.Pack(Encoding.UTF8.GetBytes(msgType));
            if (packed == 0) throw Wrong(message, $"message type '{msgType}' must have one to eight characters");
            if (!messages.TryAdd(packed, ReadSet(message, 0))) throw Wrong(message, $"message type '{msgType}' is defined twice");
        }

        // The dictionaries of FIX 5.0 and later leave header and trailer to that of FIXT.
        FieldSet header = ReadSet(root.Element("header"));
        FieldSet trailer = ReadSet(root.Element("trailer"));
        return new FixDictionary(version, _fields.Values, header, trailer, messages, isPartial: false);
    }

    private void AddField(XElement element)
    {
        string name = Text(element, "name");
        if (!int.TryParse(Text(element, "number"), NumberStyles.None, CultureInfo.InvariantCulture, out int tag) || tag == 0)
            throw Wrong(element, $"field {name} has the number '{Text(element, "number")}', which is no tag");
        byte[][] values = element.Elements("value").Select(value => Encoding.UTF8.GetBytes(Text(value, "enum"))).ToArray();
        FieldDefinition field = new(tag, name, ReadType(element), _fields.Count, values);
        if (!_fields.TryAdd(name, field)) throw Wrong(element, $"field {name} is defined twice");
    }

    private FieldType ReadType(XElement element) => Text(element, "type") switch
    {
        "CHAR" => FieldType.Char,
        "INT" or "SEQNUM" or "TAGNUM" => FieldType.Int,
        "PRICE" or "AMT" or "QTY" or "FLOAT" or "PRICEOFFSET" or "PERCENTAGE" => FieldType.Decimal,
        "BOOLEAN" => FieldType.Bool,
        "UTCTIMESTAMP" or "TIME" => FieldType.UtcTimestamp,
        "UTCDATEONLY" or "UTCDATE" => FieldType.UtcDate,
        "UTCTIMEONLY" => FieldType.UtcTime,
        "MULTIPLEVALUESTRING" or "MULTIPLESTRINGVALUE" or "MULTIPLECHARVALUE" => FieldType.MultipleValues,
        "LENGTH" => FieldType.Length,
        "DATA" => FieldType.Data,
        "NUMINGROUP" => FieldType.NumInGroup,
        "STRING" or "CURRENCY" or "EXCHANGE" or "LOCALMKTDATE" or "LOCALMKTTIME" or "MONTHYEAR" or "DAYOFMONTH" or "COUNTRY" or "DATE"
            or "TZTIMEONLY" or "TZTIMESTAMP" or "XMLDATA" or "LANGUAGE" or "XID" or "XIDREF" or "PATTERN" or "RESERVED100PLUS"
            or "RESERVED1000PLUS" or "RESERVED4000PLUS" or "TENOR" => FieldType.Text,
        string other => throw Wrong(element, $"field {Text(element, "name")} has the unknown type '{other}'"),
    };

    private FieldSet ReadSet(XElement? element, int depth = 0)
    {
        List<FieldDefinition> fields = [], required = [];
        List<GroupDefinition> groups = [];
        if (element is not null) Collect(element, isRequired: true, depth, fields, groups, required);
        return new FieldSet(fields, groups, required);
    }

    /// <summary>A required field of a component counts as required only where the component itself is.</summary>
    private void Collect(
        XElement parent, bool isRequired, int depth, List<FieldDefinition> fields, List<GroupDefinition> groups, List<FieldDefinition> required)
    {
        if (depth > DepthMax) throw Wrong(parent, $"components or groups lie more than {DepthMax} deep in each other, or hold themselves");
        foreach (XElement child in parent.Elements())
        {
            string name = Text(child, "name");
            bool isChildRequired = isRequired && child.Attribute("required")?.Value == "Y";
            if (child.Name.LocalName == "component")
            {
                if (!_components.TryGetValue(name, out XElement? component)) throw Wrong(child, $"component {name} is not defined under <components>");
                Collect(component, isChildRequired, depth + 1, fields, groups, required);
                continue;
            }

            if (child.Name.LocalName is not ("field" or "group")) throw Wrong(child, $"<{child.Name.LocalName}> is none of field, group and component");
            if (!_fields.TryGetValue(name, out FieldDefinition? field)) throw Wrong(child, $"field {name} is not defined under <fields>");
            fields.Add(field);
            if (isChildRequired) required.Add(field);
            if (child.Name.LocalName == "group") groups.Add(ReadGroup(child, field, depth));
        }
    }

    /// <summary>A group inside a component is read once, however many messages hold the component.</summary>
    private GroupDefinition ReadGroup(XElement element, FieldDefinition count, int depth)
    {
        if (_groups.TryGetValue(element, out GroupDefinition? known)) return known;
        FieldSet entry = ReadSet(element, depth + 1);
        if (entry.Fields.IsEmpty) throw Wrong(element, $"group {count.Name} has no fields");
        GroupDefinition group = new(count.Tag, entry);
        _groups.Add(element, group);
        return group;
    }

    private XElement Section(XElement root, string name) => root.Element(name) ?? throw Wrong(root, $"<{name}> is missing");

    private string Text(XElement element, string attribute) =>
        element.Attribute(attribute)?.Value ?? throw Wrong(element, $"<{element.Name.LocalName}> has no attribute '{attribute}'");

    private InvalidDataException Wrong(XElement element, string what) =>
        new($"{_name}, line {((IXmlLineInfo)element).LineNumber}: {what}.");
}
