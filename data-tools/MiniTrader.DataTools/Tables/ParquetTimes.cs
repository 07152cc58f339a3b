using System.Globalization;
using System.Text;
using MiniTrader.Model;
using Parquet.Schema;

namespace MiniTrader.DataTools;

/// <summary>Reads the times of a Parquet column: timestamps, counts since 1970, or text. One thread.</summary>
internal sealed class ParquetTimes(string format, string zone)
{
    private readonly ZoneClock _clock = ZoneClock.Find(zone);
    private TimeText? _text;
    private long _unit;

    /// <summary>Reads a time; returns what is wrong, or null.</summary>
    public string? Read(ParquetValues column, int row, Timestamp last, out Timestamp time)
    {
        time = default;
        switch (column[row])
        {
            case null: return "the time is empty";
            case DateTime stamp: return ReadStamp(column.Field, stamp, last, out time);
            case long count: return IsDate(count) ? ReadText(count.ToString(CultureInfo.InvariantCulture), last, out time) : ReadCount(count, out time);
            case string text: return ReadText(text, last, out time);
            default: return "the time is of no type that holds times";
        }
    }

    private string? ReadStamp(DataField field, DateTime stamp, Timestamp last, out Timestamp time)
    {
        time = default;
        if (stamp.Year is < 1678 or > 2261) return "the time is outside the years 1678 to 2261";
        long wall = (stamp.Ticks - DateTime.UnixEpoch.Ticks) * 100;
        bool isLocal = field is DateTimeDataField { IsAdjustedToUTC: false };
        if (isLocal) return _clock.TryToUtc(wall, last, out time) ? null : $"the time does not exist in {_clock.Zone.Id}";
        time = new(wall);
        return null;
    }

    /// <summary>Whole numbers such as 20131007, which the first of them, or the format, says are dates.</summary>
    private bool IsDate(long count)
    {
        bool isFirst = _unit == 0 && _text is null;
        bool isSaid = format.Contains('y', StringComparison.Ordinal);
        return _text is not null || isSaid || (isFirst && format == "auto" && TimeText.CompactDate(Encoding.ASCII.GetBytes(count.ToString(CultureInfo.InvariantCulture))) is not null);
    }

    /// <summary>Without a format the first count decides the unit by its number of digits.</summary>
    private string? ReadCount(long count, out Timestamp time)
    {
        if (_unit == 0)
        {
            _unit = TimeText.UnitOf(format) ?? Math.Abs((decimal)count) switch
            {
                >= 1e17m => 1,
                >= 1e14m => Timestamp.NanosecondsPerMicrosecond,
                >= 1e11m => Timestamp.NanosecondsPerMillisecond,
                _ => Timestamp.NanosecondsPerSecond,
            };
        }

        time = default;
        if (Math.Abs((decimal)count) * _unit > long.MaxValue) return "the time is outside the years 1678 to 2261";
        time = new(count * _unit);
        return null;
    }

    private string? ReadText(string text, Timestamp last, out Timestamp time)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        _text ??= TimeText.Create(format, zone, bytes);
        return _text.Read(bytes, last, out time);
    }
}
