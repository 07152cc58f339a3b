using MiniTrader.Fix;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Fix.Settings;

/// <summary>Windows worked out by hand, over midnights, weeks and both changes of the clock.</summary>
public sealed class SessionScheduleTests
{
    private static readonly TimeZoneInfo _newYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    [Theory]
    [InlineData("2024-03-04T08:59:59Z", "2024-03-04T09:00:00Z", "2024-03-04T17:00:00Z", false)]
    [InlineData("2024-03-04T09:00:00Z", "2024-03-04T09:00:00Z", "2024-03-04T17:00:00Z", true)]
    [InlineData("2024-03-04T16:59:59.999Z", "2024-03-04T09:00:00Z", "2024-03-04T17:00:00Z", true)]
    [InlineData("2024-03-04T17:00:00Z", "2024-03-05T09:00:00Z", "2024-03-05T17:00:00Z", false)]
    public void A_daily_window_opens_and_closes(string at, string start, string end, bool isOpen) =>
        Check(new() { StartTime = new(9, 0), EndTime = new(17, 0) }, at, start, end, isOpen);

    [Theory]
    [InlineData("2024-03-04T23:30:00Z", "2024-03-04T22:00:00Z", "2024-03-05T06:00:00Z", true)]
    [InlineData("2024-03-05T05:59:00Z", "2024-03-04T22:00:00Z", "2024-03-05T06:00:00Z", true)]
    [InlineData("2024-03-05T06:00:00Z", "2024-03-05T22:00:00Z", "2024-03-06T06:00:00Z", false)]
    public void A_window_that_ends_before_it_starts_ends_on_the_next_day(string at, string start, string end, bool isOpen) =>
        Check(new() { StartTime = new(22, 0), EndTime = new(6, 0) }, at, start, end, isOpen);

    [Theory]
    [InlineData("2024-03-04T16:59:59Z", "2024-03-03T17:00:00Z", "2024-03-04T17:00:00Z", true)]
    [InlineData("2024-03-04T17:00:00Z", "2024-03-04T17:00:00Z", "2024-03-05T17:00:00Z", true)]
    public void Equal_times_make_one_window_follow_the_other(string at, string start, string end, bool isOpen) =>
        Check(new() { StartTime = new(17, 0), EndTime = new(17, 0) }, at, start, end, isOpen);

    /// <summary>3 March 2024 is a Sunday.</summary>
    [Theory]
    [InlineData("2024-03-03T21:00:00Z", "2024-03-03T22:00:00Z", "2024-03-08T22:00:00Z", false)]
    [InlineData("2024-03-06T03:00:00Z", "2024-03-03T22:00:00Z", "2024-03-08T22:00:00Z", true)]
    [InlineData("2024-03-08T22:00:00Z", "2024-03-10T22:00:00Z", "2024-03-15T22:00:00Z", false)]
    public void A_weekly_window_spans_the_days_between(string at, string start, string end, bool isOpen) =>
        Check(new() { StartTime = new(22, 0), EndTime = new(22, 0), StartDay = DayOfWeek.Sunday, EndDay = DayOfWeek.Friday }, at, start, end, isOpen);

    [Theory]
    [InlineData("2024-03-03T10:00:00Z", "2024-03-03T09:00:00Z", "2024-03-10T09:00:00Z", true)]
    [InlineData("2024-03-10T08:59:00Z", "2024-03-03T09:00:00Z", "2024-03-10T09:00:00Z", true)]
    public void A_week_from_one_day_to_the_same_day_is_a_whole_week(string at, string start, string end, bool isOpen) =>
        Check(new() { StartTime = new(9, 0), EndTime = new(9, 0), StartDay = DayOfWeek.Sunday, EndDay = DayOfWeek.Sunday }, at, start, end, isOpen);

    [Theory]
    [InlineData("2024-03-08T20:00:00Z", "2024-03-11T09:00:00Z", "2024-03-11T17:00:00Z", false)]
    [InlineData("2024-03-09T10:00:00Z", "2024-03-11T09:00:00Z", "2024-03-11T17:00:00Z", false)]
    [InlineData("2024-03-11T09:00:00Z", "2024-03-11T09:00:00Z", "2024-03-11T17:00:00Z", true)]
    public void On_weekdays_the_weekend_is_skipped(string at, string start, string end, bool isOpen) =>
        Check(
            new()
            {
                StartTime = new(9, 0),
                EndTime = new(17, 0),
                Weekdays = new HashSet<DayOfWeek> { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday },
            },
            at, start, end, isOpen);

    /// <summary>New York goes from UTC−5 to UTC−4 on 10 March 2024 at 02:00, and back on 3 November 2024 at 02:00.</summary>
    [Theory]
    [InlineData("2024-03-08T15:00:00Z", "2024-03-08T13:00:00Z", "2024-03-08T22:00:00Z", true)]
    [InlineData("2024-03-11T15:00:00Z", "2024-03-11T12:00:00Z", "2024-03-11T21:00:00Z", true)]
    [InlineData("2024-11-04T15:00:00Z", "2024-11-04T13:00:00Z", "2024-11-04T22:00:00Z", true)]
    public void Wall_clock_times_follow_the_zone(string at, string start, string end, bool isOpen) =>
        Check(new() { StartTime = new(8, 0), EndTime = new(17, 0), TimeZone = _newYork }, at, start, end, isOpen);

    [Fact]
    public void A_start_that_the_change_to_summer_skips_is_the_instant_of_the_change() =>
        Check(new() { StartTime = new(2, 30), EndTime = new(17, 0), TimeZone = _newYork }, "2024-03-10T08:00:00Z", "2024-03-10T07:00:00Z", "2024-03-10T21:00:00Z", true);

    [Fact]
    public void A_start_that_comes_twice_is_the_first_one() =>
        Check(new() { StartTime = new(1, 30), EndTime = new(17, 0), TimeZone = _newYork }, "2024-11-03T06:45:00Z", "2024-11-03T05:30:00Z", "2024-11-03T22:00:00Z", true);

    [Fact]
    public void Numbers_hold_within_a_window_only()
    {
        SessionSchedule schedule = new() { StartTime = new(9, 0), EndTime = new(17, 0) };
        Assert.True(schedule.IsSameWindow(Timestamp.Parse("2024-03-04T09:00:00Z"), Timestamp.Parse("2024-03-04T16:00:00Z")));
        Assert.False(schedule.IsSameWindow(Timestamp.Parse("2024-03-04T16:00:00Z"), Timestamp.Parse("2024-03-05T09:00:00Z")));
        Assert.False(schedule.IsSameWindow(Timestamp.Parse("2024-03-04T08:00:00Z"), Timestamp.Parse("2024-03-04T09:00:00Z")));
        Assert.True(SessionSchedule.NonStop.IsSameWindow(Timestamp.Parse("1990-01-01"), Timestamp.Parse("2024-03-04")));
    }

    /// <summary>Hour by hour through a year: windows never overlap, never go back, and say "open" exactly inside.</summary>
    [Fact]
    public void Windows_follow_each_other_through_a_whole_year()
    {
        SessionSchedule[] schedules =
        [
            new() { StartTime = new(2, 30), EndTime = new(1, 30), TimeZone = _newYork },
            new() { StartTime = new(17, 0), EndTime = new(17, 0), TimeZone = _newYork },
            new() { StartTime = new(17, 0), EndTime = new(16, 0), StartDay = DayOfWeek.Sunday, EndDay = DayOfWeek.Friday, TimeZone = _newYork },
            new() { StartTime = new(0, 0), EndTime = new(23, 59), Weekdays = new HashSet<DayOfWeek> { DayOfWeek.Wednesday }, TimeZone = _newYork },
        ];
        foreach (SessionSchedule schedule in schedules)
        {
            SessionWindow last = default;
            for (Timestamp at = Timestamp.Parse("2024-01-01"); at < Timestamp.Parse("2025-01-01"); at += Timestamp.NanosecondsPerHour)
            {
                SessionWindow window = schedule.WindowAt(at);
                Assert.True(window.Start < window.End && at < window.End);
                Assert.True(window == last || window.Start >= last.End, $"{window} after {last}");
                Assert.Equal(window.Contains(at), schedule.IsOpen(at));
                last = window;
            }
        }
    }

    private static void Check(SessionSchedule schedule, string at, string start, string end, bool isOpen)
    {
        Timestamp time = Timestamp.Parse(at);
        Assert.Equal(new SessionWindow(Timestamp.Parse(start), Timestamp.Parse(end)), schedule.WindowAt(time));
        Assert.Equal(isOpen, schedule.IsOpen(time));
    }
}
