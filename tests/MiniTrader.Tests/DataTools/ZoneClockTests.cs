using MiniTrader.DataTools;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.DataTools;

public sealed class ZoneClockTests
{
    private static string? Utc(ZoneClock clock, string wall, string notBefore = "1970-01-01") =>
        clock.TryToUtc(Timestamp.Parse(wall).Nanoseconds, Timestamp.Parse(notBefore), out Timestamp utc) ? utc.ToString() : null;

    [Fact]
    public void New_York_changes_its_clocks()
    {
        ZoneClock clock = ZoneClock.Find("America/New_York");

        // Winter is UTC−5, summer UTC−4. 10 March 2024: 02:00 to 03:00 does not exist. 3 November 2024: 01:00 to 02:00 comes twice.
        Assert.Equal("2024-01-05T14:30:00Z", Utc(clock, "2024-01-05T09:30"));
        Assert.Equal("2024-07-05T13:30:00Z", Utc(clock, "2024-07-05T09:30"));
        Assert.Equal("2024-03-10T06:59:59.999999999Z", Utc(clock, "2024-03-10 01:59:59.999999999"));
        Assert.Null(Utc(clock, "2024-03-10T02:00"));
        Assert.Null(Utc(clock, "2024-03-10 02:59:59.999999999"));
        Assert.Equal("2024-03-10T07:00:00Z", Utc(clock, "2024-03-10T03:00"));
        Assert.Equal("2024-11-03T04:59:59Z", Utc(clock, "2024-11-03T00:59:59"));
        Assert.Equal("2024-11-03T05:30:00Z", Utc(clock, "2024-11-03T01:30"));
        Assert.Equal("2024-11-03T07:00:00Z", Utc(clock, "2024-11-03T02:00"));
    }

    [Fact]
    public void An_hour_that_comes_twice_goes_on_in_its_second_pass()
    {
        ZoneClock clock = ZoneClock.Find("America/New_York");

        // The data is at 01:59:59 of the first pass (05:59:59 UTC); 01:00 again can only be the second pass, 06:00 UTC.
        Assert.Equal("2024-11-03T05:59:59Z", Utc(clock, "2024-11-03T01:59:59", "2024-11-03T05:59:58"));
        Assert.Equal("2024-11-03T06:00:00Z", Utc(clock, "2024-11-03T01:00:00", "2024-11-03T05:59:59"));
        Assert.Equal("2024-11-03T06:30:00Z", Utc(clock, "2024-11-03T01:30:00", "2024-11-03T06:00:00"));
    }

    [Theory]
    [InlineData("UTC", "2024-07-05T12:00:00Z")]
    [InlineData("UTC-05", "2024-07-05T17:00:00Z")]
    [InlineData("UTC+5:30", "2024-07-05T06:30:00Z")]
    [InlineData("-05:00", "2024-07-05T17:00:00Z")]
    [InlineData("Asia/Tokyo", "2024-07-05T03:00:00Z")]
    [InlineData("Asia/Kolkata", "2024-07-05T06:30:00Z")]
    public void Zones_and_offsets(string name, string expected) => Assert.Equal(expected, Utc(ZoneClock.Find(name), "2024-07-05T12:00"));

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("UTC-15")]
    [InlineData("UTC-x")]
    [InlineData("")]
    public void An_unknown_zone_is_refused(string name) =>
        Assert.Contains("America/New_York", Assert.Throws<ImportException>(() => ZoneClock.Find(name)).Message, StringComparison.Ordinal);

    /// <summary>Every quarter of an hour of two years in a zone with half-hour shifts, against the library's own conversion.</summary>
    [Theory]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Europe/London")]
    public void Every_unambiguous_time_agrees_with_the_library(string name)
    {
        ZoneClock clock = ZoneClock.Find(name);
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        DateTime wall = new(2023, 1, 1);
        for (; wall.Year < 2025; wall = wall.AddMinutes(7.5))
        {
            bool exists = clock.TryToUtc((wall.Ticks - DateTime.UnixEpoch.Ticks) * 100, Timestamp.MinValue, out Timestamp utc);
            Assert.Equal(!zone.IsInvalidTime(wall), exists);
            if (exists && !zone.IsAmbiguousTime(wall)) Assert.Equal(TimeZoneInfo.ConvertTimeToUtc(wall, zone), utc.ToDateTime());
        }
    }
}
