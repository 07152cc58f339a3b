using System.Globalization;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// Delays that were measured: rows of request, venue and response time. A command sent at t takes what the rows around t took,
/// linear between them and the first's or last's outside; a report, and market data, is delayed by the rows around its venue time in the same way.
/// A row without venue time was never seen by the venue: a command sent from its request on, until that of the next row, is lost, and its
/// sender hears so after the interpolated round trip. Immutable, shared by all legs.
/// </summary>
public sealed class RecordedLatency : IEquatable<RecordedLatency>
{
    private readonly long[] _requests;
    private readonly long[] _roundTrips;
    private readonly bool[] _isLost;

    // Rows that the venue saw: entry by request time, response by venue time.
    private readonly long[] _seenRequests;
    private readonly long[] _entries;
    private readonly long[] _venues;
    private readonly long[] _responses;

    /// <param name="name">The file that the rows came from, or another name that tells them from others.</param>
    /// <param name="rows">Times in nanoseconds since the epoch, by request time; no venue time marks a lost one.</param>
    /// <exception cref="FormatException">A row is out of order; the sentence names it.</exception>
    public RecordedLatency(string name, IReadOnlyList<(Timestamp Request, Timestamp? Venue, Timestamp Response)> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Name = name;
        Timestamp lastVenue = Timestamp.MinValue;
        for (int i = 0; i < rows.Count; i++) Check(rows, i, ref lastVenue);
        if (!rows.Any(r => r.Venue is not null)) throw new FormatException($"The recorded latencies of {name} have no row that the venue saw.");
        _requests = [.. rows.Select(r => r.Request.Nanoseconds)];
        _roundTrips = [.. rows.Select(r => r.Response - r.Request)];
        _isLost = [.. rows.Select(r => r.Venue is null)];
        (Timestamp Request, Timestamp Venue, Timestamp Response)[] seen = [.. rows.Where(r => r.Venue is not null).Select(r => (r.Request, r.Venue!.Value, r.Response))];
        _seenRequests = [.. seen.Select(r => r.Request.Nanoseconds)];
        _entries = [.. seen.Select(r => r.Venue - r.Request)];
        _venues = [.. seen.Select(r => r.Venue.Nanoseconds)];
        _responses = [.. seen.Select(r => r.Response - r.Venue)];
    }

    /// <summary>Where the rows came from.</summary>
    public string Name { get; }

    /// <summary>
    /// Reads a CSV file with the columns request, venue, response: nanoseconds since the epoch, or times as <see cref="Timestamp.Parse"/> reads
    /// them. An empty venue time, or 0, marks a request that the venue never saw. A first line without digits is a header.
    /// </summary>
    /// <exception cref="FormatException">The file is missing or a row is wrong; the sentence names file and row.</exception>
    public static RecordedLatency Load(string path)
    {
        if (Directory.Exists(path)) throw new FormatException($"'{path}' is a folder. Name the file of recorded latencies in it.");
        if (!File.Exists(path)) throw new FormatException($"The file of recorded latencies '{path}' does not exist.");
        List<(Timestamp, Timestamp?, Timestamp)> rows = [];
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (line.Trim().Length == 0 || (number == 1 && !line.Any(char.IsAsciiDigit))) continue;
            string[] cells = line.Split(',', StringSplitOptions.TrimEntries);
            if (cells.Length != 3 || !TryTime(cells[0], out Timestamp request) || !TryTime(cells[2], out Timestamp response))
                throw new FormatException($"{path}, line {number}: '{line}' is not request,venue,response. Write nanoseconds or times, and no venue time for a lost request.");
            Timestamp venue = default;
            bool isLost = cells[1] is "" or "0";
            if (!isLost && !TryTime(cells[1], out venue)) throw new FormatException($"{path}, line {number}: '{cells[1]}' is no venue time.");
            rows.Add((request, isLost ? null : venue, response));
        }

        // The name stands in the stored config of a run, which may be run again from another folder.
        return new(Path.GetFullPath(path), rows);
    }

    /// <summary>The delay of a message that leaves at an instant.</summary>
    public LatencyDraw Draw(LatencyLeg leg, Timestamp at)
    {
        long time = at.Nanoseconds;
        if (leg != LatencyLeg.Entry) return new(Interpolate(_venues, _responses, time));
        int row = Math.Max(0, LastAtOrBefore(_requests, time));
        return _isLost[row]
            ? new(Interpolate(_requests, _roundTrips, time), IsLost: true)
            : new(Interpolate(_seenRequests, _entries, time));
    }

    public bool Equals(RecordedLatency? other) => other is not null && (ReferenceEquals(this, other) || (Name == other.Name
        && _requests.AsSpan().SequenceEqual(other._requests) && _roundTrips.AsSpan().SequenceEqual(other._roundTrips)
        && _isLost.AsSpan().SequenceEqual(other._isLost) && _entries.AsSpan().SequenceEqual(other._entries)));

    public override bool Equals(object? obj) => Equals(obj as RecordedLatency);

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => $"recorded({Name})";

    private static int LastAtOrBefore(long[] times, long time)
    {
        int found = Array.BinarySearch(times, time);
        if (found < 0) return ~found - 1;
        while (found + 1 < times.Length && times[found + 1] == time) found++;
        return found;
    }

    private static long Interpolate(long[] times, long[] delays, long time)
    {
        int low = LastAtOrBefore(times, time);
        if (low < 0) return delays[0];
        if (low == times.Length - 1) return delays[low];
        Int128 part = (Int128)(delays[low + 1] - delays[low]) * (time - times[low]);
        return delays[low] + (long)(part / (times[low + 1] - times[low]));
    }

    private void Check(IReadOnlyList<(Timestamp Request, Timestamp? Venue, Timestamp Response)> rows, int i, ref Timestamp lastVenue)
    {
        (Timestamp request, Timestamp? venue, Timestamp response) = rows[i];
        bool isOrdered = request <= (venue ?? request) && (venue ?? request) <= response && response - request <= Duration.MaxNanoseconds;
        if (!isOrdered) throw new FormatException($"Row {i + 1} of the recorded latencies of {Name}: request, venue and response must follow one another within 365 days.");
        if ((i > 0 && request < rows[i - 1].Request) || venue < lastVenue)
            throw new FormatException($"Row {i + 1} of the recorded latencies of {Name} lies before the row ahead of it; rows are ordered by request and by venue time.");
        lastVenue = venue ?? lastVenue;
    }

    private static bool TryTime(string text, out Timestamp time)
    {
        time = default;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long nanoseconds))
        {
            time = new(nanoseconds);
            return true;
        }

        try
        {
            time = Timestamp.Parse(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
