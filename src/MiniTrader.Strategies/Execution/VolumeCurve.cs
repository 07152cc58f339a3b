using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>
/// How an instrument's volume is spread over the day: sums by time of day, learned from trades or bars of earlier days. Fixed memory. Part of a
/// strategy; engine thread only.
/// </summary>
public sealed class VolumeCurve
{
    /// <summary>Raw 1e-9 units that one unit of a weight stands for, so that sums of many days stay far from 64 bits.</summary>
    private const long WeightUnit = 1_000_000;

    private readonly long[] _volumes;
    private readonly long _bucket;

    /// <param name="buckets">Equal parts of a UTC day, 1 to 86,400; 288 are five minutes each.</param>
    public VolumeCurve(int buckets = 288)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(buckets, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(buckets, 86_400);
        _volumes = new long[buckets];
        _bucket = Timestamp.NanosecondsPerDay / buckets;
    }

    /// <summary>Adds what was traded at a time; of a bar the time is its start.</summary>
    public void Add(Timestamp time, Quantity volume)
    {
        ref long bucket = ref _volumes[Bucket(time.NanosecondsOfDay)];
        bucket = Math.Min(bucket + (volume.Raw / WeightUnit), long.MaxValue / (2 * _volumes.Length));
    }

    /// <summary>Forgets all.</summary>
    public void Reset() => Array.Clear(_volumes);

    /// <summary>Expected volume from one instant to another, at most a day later, in an arbitrary unit; within a bucket it is spread evenly.</summary>
    public long Between(Timestamp from, Timestamp to)
    {
        Int128 sum = 0;
        long at = from.NanosecondsOfDay, left = Math.Min(to - from, Timestamp.NanosecondsPerDay);
        while (left > 0)
        {
            int bucket = Bucket(at);
            long end = bucket == _volumes.Length - 1 ? Timestamp.NanosecondsPerDay : (bucket + 1) * _bucket;
            long part = Math.Min(left, end - at);
            sum += (Int128)_volumes[bucket] * part / (end - (bucket * _bucket));
            left -= part;
            at = at + part == Timestamp.NanosecondsPerDay ? 0 : at + part;
        }

        return (long)sum;
    }

    private int Bucket(long timeOfDay) => (int)Math.Min(timeOfDay / _bucket, _volumes.Length - 1);
}
