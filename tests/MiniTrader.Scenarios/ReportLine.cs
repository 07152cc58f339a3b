using System.Globalization;
using System.Text;
using MiniTrader.Model;

namespace MiniTrader.Scenarios;

/// <summary>An execution report as one line of a scenario.</summary>
internal static class ReportLine
{
    /// <param name="report">What to write.</param>
    /// <param name="entryLatency">Nanoseconds that the order was on its way; negative is not told.</param>
    public static string Format(in ExecutionReport report, long entryLatency = -1)
    {
        StringBuilder line = new($"> {ScenarioClock.Format(report.ReceivedTime)} #{report.ClientOrderId} {Words(report.Kind)}");
        if (report.Kind == ReportKind.Fill) AppendFill(line, report);
        if (report.Kind == ReportKind.Fill && entryLatency >= 0)
            line.Append(CultureInfo.InvariantCulture, $", entry {new Duration(entryLatency)}, response {new Duration(report.ReceivedTime - report.VenueTime)}");
        if (report.Kind == ReportKind.Replaced) line.Append(CultureInfo.InvariantCulture, $" {report.LastQuantity} @ {report.LastPrice}, leaves {report.Leaves}");
        if (report.Reason != ReasonCode.None) line.Append(CultureInfo.InvariantCulture, $" {Words(report.Reason)}");
        if (report.ReceivedTime != report.VenueTime) line.Append(CultureInfo.InvariantCulture, $" (venue {ScenarioClock.Format(report.VenueTime)})");
        return line.ToString();
    }

    /// <summary>An enumeration's name in lower case with hyphens.</summary>
    public static string Words<T>(T value)
        where T : struct, Enum
    {
        string name = value.ToString();
        return string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
    }

    private static void AppendFill(StringBuilder line, in ExecutionReport report)
    {
        line.Append(CultureInfo.InvariantCulture, $" {report.LastQuantity} @ {report.LastPrice} {Words(report.Liquidity)} {Words(report.Cause)} {report.CauseId}");
        line.Append(CultureInfo.InvariantCulture, $", leaves {report.Leaves}");
        if (report.Fee != 0) line.Append(CultureInfo.InvariantCulture, $", fee {report.Fee:0.#########}");
        bool isQueued = report.AheadBefore.Raw != 0 && report.AheadBefore != Quantity.MaxValue;
        if (isQueued) line.Append(CultureInfo.InvariantCulture, $", queue {report.AheadBefore} to {report.AheadAfter}");
    }
}
