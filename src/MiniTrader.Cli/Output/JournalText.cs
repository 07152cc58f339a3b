using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MiniTrader.Cli;

/// <summary>Writes entries of a journal as lines: <c>TIME ENTRY name=value …</c>, or JSON. Cold; one thread.</summary>
internal sealed class JournalText : IDisposable
{
    private static readonly JsonWriterOptions _plainText = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly StreamWriter _output;
    private readonly bool _isJson;
    private readonly MemoryStream _line = new();

    public JournalText(Stream output, bool isJson) => (_output, _isJson) = (new StreamWriter(output, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" }, isJson);

    public void Write(IReadOnlyList<KeyValuePair<string, object>> fields) => _output.WriteLine(_isJson ? Json(fields) : Line(fields));

    public void Dispose() => _output.Dispose();

    private static string Line(IReadOnlyList<KeyValuePair<string, object>> fields)
    {
        StringBuilder line = new();
        foreach ((string name, object value) in fields)
        {
            if (line.Length > 0) line.Append(' ');
            if (name is not ("time" or "entry")) line.Append(name).Append('=');
            line.Append(CultureInfo.InvariantCulture, $"{value}");
        }

        return line.ToString();
    }

    private string Json(IReadOnlyList<KeyValuePair<string, object>> fields)
    {
        _line.SetLength(0);
        using (Utf8JsonWriter writer = new(_line, _plainText))
        {
            writer.WriteStartObject();
            foreach ((string name, object value) in fields)
            {
                if (value is decimal number) writer.WriteNumber(name, number);
                else if (value is long count) writer.WriteNumber(name, count);
                else writer.WriteString(name, (string)value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(_line.GetBuffer(), 0, (int)_line.Length);
    }
}
