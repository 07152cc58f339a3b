using System.Globalization;
using System.Text;

namespace MiniTrader.Analytics;

/// <summary>Text of a page under construction. Well-formed as XML as well as HTML, so that a test can parse it strictly.</summary>
internal sealed class Markup
{
    private readonly StringBuilder _text = new(1 << 16);

    /// <summary>Markup as it stands: never anything that came from a user.</summary>
    public Markup Add(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>Markup and the end of its line.</summary>
    public Markup Line(string markup)
    {
        _text.Append(markup).Append('\n');
        return this;
    }

    public override string ToString() => _text.ToString();

    /// <summary>A number of the drawing: tenths are enough, no culture has a say.</summary>
    public static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>
    /// Any text, made harmless inside elements and inside quoted attributes. Characters that XML forbids even when escaped become
    /// U+FFFD.
    /// </summary>
    public static string Escape(string text)
    {
        StringBuilder safe = new(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '<': safe.Append("&lt;"); break;
                case '>': safe.Append("&gt;"); break;
                case '&': safe.Append("&amp;"); break;
                case '"': safe.Append("&quot;"); break;
                case '\'': safe.Append("&#39;"); break;
                case '\t' or '\n' or '\r': safe.Append(' '); break;
                case < 0x20 or (>= 0x7F and < 0xA0) or 0xFFFE or 0xFFFF: safe.Append('\uFFFD'); break;
                default: safe.Append(rune.ToString()); break;
            }
        }

        return safe.ToString();
    }
}
