using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>One line of a chart.</summary>
/// <param name="Name">What the legend and the hover text call it.</param>
/// <param name="Style">The CSS class that colours it.</param>
/// <param name="Points">In order of time.</param>
/// <param name="IsArea">Filled down to the base line.</param>
/// <param name="IsStep">A value holds until the next one, instead of running towards it.</param>
internal sealed record ChartLine(string Name, string Style, IReadOnlyList<ChartPoint> Points, bool IsArea = false, bool IsStep = false);

/// <summary>A time chart as inline SVG: lines, areas and fill marks, with axes, and with bands whose title says what is under the pointer.</summary>
internal sealed class LineChart
{
    private const double Width = 1080, LeastLeft = 74, Right = 26, Top = 12, Bottom = 42;

    /// <summary>How wide a digit of a tick's label is.</summary>
    private const double DigitWidth = 7;

    /// <summary>How wide a letter of a date is, which is bold.</summary>
    private const double BoldWidth = 8;

    private const int Bands = 120;

    private double _left = LeastLeft;

    public required string Title { get; init; }

    /// <summary>What a reader who cannot see the chart is told.</summary>
    public required string Description { get; init; }

    public required TimeAxis Time { get; init; }

    public required IReadOnlyList<ChartLine> Lines { get; init; }

    public required Func<double, string> Format { get; init; }

    /// <summary>Stands behind each tick's number.</summary>
    public string Unit { get; init; } = "";

    public IReadOnlyList<FillMark> Marks { get; init; } = [];

    /// <summary>A value that the axis includes and to which areas are filled; the axis' low end when null.</summary>
    public double? Base { get; init; }

    /// <summary>What the axis spans beside the base when every value lies on it.</summary>
    public double FlatSpan { get; init; } = 1;

    /// <summary>A value to compare with: a dashed line across the plot.</summary>
    public double? Reference { get; init; }

    public double Height { get; init; } = 260;

    private double PlotWidth => Width - _left - Right;

    private double PlotHeight => Height - Top - Bottom;

    public void WriteTo(Markup page)
    {
        List<double> values = [.. Lines.SelectMany(l => l.Points).Select(p => p.Value), .. Marks.Select(m => m.Price.ToDouble())];
        if (values.Count == 0)
        {
            page.Line("<p class=\"empty\">Nothing was recorded.</p>");
            return;
        }

        if (Base is { } floor)
        {
            if (values.TrueForAll(v => v == floor)) values.Add(floor + FlatSpan);
            values.Add(floor);
        }

        ValueAxis axis = new(values.Min(), values.Max());
        _left = Math.Max(LeastLeft, 12 + (axis.Ticks.Max(tick => axis.Label(tick).Length + Unit.Length) * DigitWidth));
        page.Line($"<svg class=\"chart\" viewBox=\"0 0 {Markup.Number(Width)} {Markup.Number(Height)}\" role=\"img\" aria-label=\"{Markup.Escape(Title)}. {Markup.Escape(Description)}\">");
        WriteGrid(page, axis);
        foreach (ChartLine line in Lines) WriteLine(page, axis, line);
        WriteBands(page);
        WriteMarks(page, axis);
        page.Line("</svg>");
    }

    private double X(Timestamp time) => _left + (Time.Place(time) * PlotWidth);

    private double Y(ValueAxis axis, double value) => Top + ((1 - axis.Place(value)) * PlotHeight);

    /// <summary>A label centred on its tick would run out of the drawing; it ends there instead.</summary>
    private string Anchor(TimeTick tick, string label, double letterWidth) => X(tick.Time) + (label.Length * letterWidth / 2) > Width ? "end" : "middle";

    private void WriteGrid(Markup page, ValueAxis axis)
    {
        string right = Markup.Number(Width - Right), left = Markup.Number(_left);
        foreach (double tick in axis.Ticks)
        {
            string y = Markup.Number(Y(axis, tick));
            page.Add($"<line class=\"grid\" x1=\"{left}\" x2=\"{right}\" y1=\"{y}\" y2=\"{y}\"/>");
            page.Line($"<text class=\"tick\" text-anchor=\"end\" x=\"{Markup.Number(_left - 8)}\" y=\"{y}\" dy=\"0.32em\">{axis.Label(tick)}{Unit}</text>");
        }

        if (Base is { } level)
        {
            string y = Markup.Number(Y(axis, level));
            page.Line($"<line class=\"base\" x1=\"{left}\" x2=\"{right}\" y1=\"{y}\" y2=\"{y}\"/>");
        }

        if (Reference is { } reference && axis.Place(reference) is >= 0 and <= 1)
        {
            string y = Markup.Number(Y(axis, reference));
            page.Line($"<line class=\"reference\" x1=\"{left}\" x2=\"{right}\" y1=\"{y}\" y2=\"{y}\"/>");
        }

        double bottom = Top + PlotHeight;
        foreach (TimeTick tick in Time.Ticks)
        {
            string x = Markup.Number(X(tick.Time));
            page.Add($"<line class=\"stub\" x1=\"{x}\" x2=\"{x}\" y1=\"{Markup.Number(bottom)}\" y2=\"{Markup.Number(bottom + 5)}\"/>");
            page.Line($"<text class=\"tick\" text-anchor=\"{Anchor(tick, tick.Label, DigitWidth)}\" x=\"{x}\" y=\"{Markup.Number(bottom + 18)}\">{tick.Label}</text>");
            if (tick.Date is { } date) page.Line($"<text class=\"tick date\" text-anchor=\"{Anchor(tick, date, BoldWidth)}\" x=\"{x}\" y=\"{Markup.Number(bottom + 33)}\">{date}</text>");
        }
    }

    private void WriteLine(Markup page, ValueAxis axis, ChartLine line)
    {
        if (line.Points.Count == 0) return;
        if (line.Points.Count == 1)
        {
            ChartPoint only = line.Points[0];
            page.Line($"<circle class=\"dot {line.Style}\" cx=\"{Markup.Number(X(only.Time))}\" cy=\"{Markup.Number(Y(axis, only.Value))}\" r=\"3.5\"/>");
            return;
        }

        Markup path = new();
        for (int i = 0; i < line.Points.Count; i++)
        {
            ChartPoint point = line.Points[i];
            string x = Markup.Number(X(point.Time)), y = Markup.Number(Y(axis, point.Value));
            if (i == 0) path.Add($"M{x} {y}");
            else path.Add(line.IsStep ? $"H{x}V{y}" : $"L{x} {y}");
        }

        if (line.IsArea)
        {
            string floor = Markup.Number(Y(axis, Base ?? axis.Low));
            page.Line($"<path class=\"area {line.Style}\" d=\"{path}V{floor}H{Markup.Number(X(line.Points[0].Time))}Z\"/>");
        }

        page.Line($"<path class=\"line {line.Style}\" d=\"{path}\"/>");
    }

    /// <summary>Invisible bands over the plot: the browser shows a band's title where the pointer rests, without a script.</summary>
    private void WriteBands(Markup page)
    {
        if (Lines.All(l => l.Points.Count == 0)) return;
        int[] next = new int[Lines.Count];
        double width = PlotWidth / Bands;
        page.Add("<g class=\"bands\">");
        for (int band = 0; band < Bands; band++)
        {
            Timestamp until = Time.From + (long)((Time.To - Time.From) * ((band + 1.0) / Bands));
            List<string> words = [];
            for (int i = 0; i < Lines.Count; i++)
            {
                IReadOnlyList<ChartPoint> points = Lines[i].Points;
                while (next[i] + 1 < points.Count && points[next[i] + 1].Time <= until) next[i]++;
                if (points.Count > 0 && points[next[i]].Time <= until) words.Add($"{Lines[i].Name} {Format(points[next[i]].Value)}");
            }

            if (words.Count == 0) continue;
            string title = Markup.Escape($"{ReportText.Time(until)} UTC: {string.Join(", ", words)}");
            page.Line($"<rect x=\"{Markup.Number(_left + (band * width))}\" y=\"{Markup.Number(Top)}\" width=\"{Markup.Number(width)}\" height=\"{Markup.Number(PlotHeight)}\"><title>{title}</title></rect>");
        }

        page.Line("</g>");
    }

    private void WriteMarks(Markup page, ValueAxis axis)
    {
        foreach (FillMark mark in Marks)
        {
            bool buy = mark.Side == OrderSide.Buy;
            double x = X(mark.Time), y = Y(axis, mark.Price.ToDouble());
            double tip = buy ? y + 1.5 : y - 1.5, foot = buy ? y + 10 : y - 10;
            string corners = $"{Markup.Number(x)},{Markup.Number(tip)} {Markup.Number(x - 5)},{Markup.Number(foot)} {Markup.Number(x + 5)},{Markup.Number(foot)}";
            string title = Markup.Escape($"{ReportText.Time(mark.Time)} UTC: {(buy ? "bought" : "sold")} {mark.Quantity} at {mark.Price}");
            page.Line($"<polygon class=\"mark {(buy ? "buy" : "sell")}\" points=\"{corners}\"><title>{title}</title></polygon>");
        }
    }
}
