using System.Globalization;
using MiniTrader.Sessions;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MiniTrader.Cli;

/// <summary>Beside the bar: events, events a second, and where in its own time the session stands.</summary>
internal sealed class RunColumn : ProgressColumn
{
    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        task.Tag is RunProgress { Events: > 0 } progress ? new Text(Describe(progress)) : new Text("opening the data");

    internal static string Describe(RunProgress progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"{progress.Events / 1e6,7:0.0}M events  {progress.EventsPerSecond / 1e6,5:0.0}M/s  {RunText.Minute(progress.Time)}");
}
