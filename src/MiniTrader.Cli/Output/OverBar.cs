using Spectre.Console;
using Spectre.Console.Rendering;

namespace MiniTrader.Cli;

/// <summary>
/// Lines written while a progress bar is on the screen. They go where the bar is, which is drawn anew below them; the bar's old line is erased first, or its end
/// would stand behind a line that is shorter.
/// </summary>
internal sealed class OverBar(IRenderable lines) : IRenderable
{
    /// <summary>From the cursor to the end of the screen.</summary>
    private const string Erase = "\u001b[0J";

    public Measurement Measure(RenderOptions options, int maxWidth) => lines.Measure(options, maxWidth);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        options.Ansi ? lines.Render(options, maxWidth).Prepend(Segment.Control(Erase)) : lines.Render(options, maxWidth);
}
