using MiniTrader.DataTools;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.DataTools.Calendars;

public sealed class TradingCalendarTests
{
    private static string[] Sessions(string text, string? holidays, string from, string to) => Text(SessionText.Parse(text, holidays).Sessions(Timestamp.Parse(from), Timestamp.Parse(to)));

    internal static string[] Text(TradingSessions sessions) => [.. Enumerable.Range(0, sessions.Count).Select(i => $"{sessions[i].Open} {sessions[i].Close}".Replace(":00Z", "", StringComparison.Ordinal))];

    [Fact]
    public void Hours_follow_the_zones_clock_over_a_change()
    {
        // New York leaves winter time on Sunday 10 March 2024: 09:30 is 14:30 UTC on Friday and 13:30 on Monday.
        Assert.Equal(
            ["2024-03-08T14:30 2024-03-08T21:00", "2024-03-11T13:30 2024-03-11T20:00"],
            Sessions("09:30-16:00@America/New_York", null, "2024-03-08T00:00", "2024-03-12T00:00"));
    }

    [Fact]
    public void Holidays_have_no_session_and_early_closes_a_short_one()
    {
        // 3 July 2024 closes at 13:00 in New York, 17:00 UTC; the 4th is a holiday.
        Assert.Equal(
            ["2024-07-02T13:30 2024-07-02T20:00", "2024-07-03T13:30 2024-07-03T17:00", "2024-07-05T13:30 2024-07-05T20:00"],
            Sessions("09:30-16:00@America/New_York", "2024-07-04,2024-07-03=13:00", "2024-07-02T00:00", "2024-07-06T00:00"));
    }

    [Fact]
    public void A_night_session_is_one_that_ends_on_the_next_day()
    {
        // 18:00 on Sunday to 17:00 on Monday in New York, UTC-4; the second week begins with the Sunday again.
        Assert.Equal(
            ["2024-06-06T22:00 2024-06-07T21:00", "2024-06-09T22:00 2024-06-10T21:00"],
            Sessions("Sun-Thu 18:00-17:00@America/New_York", null, "2024-06-07T00:00", "2024-06-10T22:00"));
    }

    // 18:00 to 17:00 in New York: 22:00 to 21:00 UTC in summer, 23:00 to 22:00 in winter. A night session is the date's that it leads into.
    [Theory]
    [InlineData("2024-07-04=13:00", "2024-07-03T22:00 2024-07-04T17:00", "2024-07-04T22:00 2024-07-05T21:00")]
    [InlineData("2024-07-04=13:00/18:00", "2024-07-03T22:00 2024-07-04T17:00", "2024-07-04T22:00 2024-07-05T21:00")]
    [InlineData("2024-07-04=13:00/19:30", "2024-07-03T22:00 2024-07-04T17:00", "2024-07-04T23:30 2024-07-05T21:00")]
    [InlineData("2024-07-04=09:00/11:00", "2024-07-03T22:00 2024-07-04T13:00", "2024-07-04T15:00 2024-07-04T21:00", "2024-07-04T22:00 2024-07-05T21:00")]
    [InlineData("2024-07-03=20:00/24:00", "2024-07-03T22:00 2024-07-04T00:00", "2024-07-04T04:00 2024-07-04T21:00", "2024-07-04T22:00 2024-07-05T21:00")]
    [InlineData("2024-07-04=/09:30", "2024-07-04T13:30 2024-07-04T21:00", "2024-07-04T22:00 2024-07-05T21:00")]
    [InlineData("2024-07-04", "2024-07-04T22:00 2024-07-05T21:00")]
    [InlineData("2024-07-05", "2024-07-03T22:00 2024-07-04T21:00")]
    [InlineData("2024-07-04=13:00,2024-07-05", "2024-07-03T22:00 2024-07-04T17:00")]
    public void A_date_changes_the_night_session_that_leads_into_it(string holidays, params string[] expected) =>
        Assert.Equal(expected, Sessions("Sun-Thu 18:00-17:00@America/New_York", holidays, "2024-07-03T21:00", "2024-07-06T00:00"));

    [Fact]
    public void Christmas_of_a_market_that_trades_over_midnight()
    {
        // Closed from 13:15 on the 24th to 18:00 on the 25th.
        Assert.Equal(
            ["2024-12-23T23:00 2024-12-24T18:15", "2024-12-25T23:00 2024-12-26T22:00"],
            Sessions("Sun-Thu 18:00-17:00@America/New_York", "2024-12-25,2024-12-24=13:15", "2024-12-23T22:00", "2024-12-26T22:30"));
    }

    [Fact]
    public void Hours_from_a_morning_into_the_night_are_that_mornings()
    {
        Assert.Equal(
            ["2024-07-03T08:00 2024-07-04T01:00", "2024-07-05T08:00 2024-07-05T20:00"],
            Sessions("08:00-01:00@UTC", "2024-07-04,2024-07-05=20:00", "2024-07-03T02:00", "2024-07-06T00:00"));
    }

    [Fact]
    public void A_day_market_opens_late_or_has_a_break()
    {
        Assert.Equal(
            ["2024-07-03T11:00 2024-07-03T17:00", "2024-07-04T09:00 2024-07-04T13:00", "2024-07-04T14:30 2024-07-04T17:00", "2024-07-05T10:00 2024-07-05T12:00"],
            Sessions("09:00-17:00@UTC", "2024-07-03=/11:00,2024-07-04=13:00/14:30,2024-07-05=12:00/10:00", "2024-07-03", "2024-07-06"));

        // An early close before the afternoon's hours takes those out.
        Assert.Equal(["2024-07-03T09:00 2024-07-03T11:30"], Sessions("09:00-11:30,13:00-17:00@UTC", "2024-07-03=12:00", "2024-07-03", "2024-07-04"));
    }

    [Fact]
    public void Hours_without_a_break_are_one_session_unless_they_are_longer_than_a_day()
    {
        Assert.Equal(["2024-06-03T08:00 2024-06-03T12:00", "2024-06-03T13:00 2024-06-03T16:00"], Sessions("08:00-10:00,10:00-12:00,13:00-16:00@UTC", null, "2024-06-03", "2024-06-04"));

        // Sunday 17:00 to Tuesday 12:00 in New York, which is UTC-4: cut at its midnights.
        Assert.Equal(
            ["2024-06-02T21:00 2024-06-03T04:00", "2024-06-03T04:00 2024-06-04T04:00", "2024-06-04T04:00 2024-06-04T16:00"],
            Sessions("Sun 17:00-24:00; Mon 00:00-24:00; Tue 00:00-12:00@America/New_York", null, "2024-06-02", "2024-06-07"));
    }

    [Fact]
    public void A_time_that_the_clock_skips_or_shows_twice_is_one_instant()
    {
        // 02:30 does not exist in New York on 10 March 2024 and counts on from 01:59 EST; 01:30 on 3 November comes first in EDT.
        Assert.Equal(["2024-03-10T07:30 2024-03-10T20:00"], Sessions("Sun 02:30-16:00@America/New_York", null, "2024-03-10", "2024-03-11"));
        Assert.Equal(["2024-11-03T05:30 2024-11-03T21:00"], Sessions("Sun 01:30-16:00@America/New_York", null, "2024-11-03", "2024-11-04"));
    }

    [Theory]
    [InlineData("Mon-Sun 00:00-24:00@UTC", true)]
    [InlineData("Mon-Sun 00:00-12:00,12:00-24:00@UTC", true)]
    [InlineData("Mon-Sun 00:00-24:00@America/New_York", false)]
    [InlineData("Mon-Sun 00:00-23:00@UTC", false)]
    [InlineData("Mon-Fri 00:00-24:00@UTC", false)]
    public void Only_a_market_that_never_closes_in_utc_needs_no_sessions(string text, bool expected) => Assert.Equal(expected, SessionText.Parse(text, null).IsContinuous);

    [Theory]
    [InlineData("09:30-16:00", null, "has no time zone")]
    [InlineData("@UTC", null, "has no time zone")]
    [InlineData(" ;@UTC", null, "has no hours")]
    [InlineData("09:30@UTC", null, "'09:30' is not from one time of day to another")]
    [InlineData("24:00-02:00@UTC", null, "'24:00-02:00' is not from one time of day to another")]
    [InlineData("9-16@UTC", null, "'9-16' is not from one time of day to another")]
    [InlineData("Mon-Fry 09:30-16:00@UTC", null, "'Fry' is no weekday")]
    [InlineData("09:30-16:00@Mars/Phobos", null, "time zone 'Mars/Phobos' is unknown")]
    [InlineData("09:30-16:00@UTC", "2024-12-32", "'2024-12-32' is not a date, or a date and times")]
    [InlineData("09:30-16:00@UTC", "2024-12-24=noon", "'2024-12-24=noon' is not a date, or a date and times")]
    [InlineData("09:30-16:00@UTC", "2024-12-24=", "'2024-12-24=' is not a date, or a date and times")]
    [InlineData("09:30-16:00@UTC", "2024-12-24=/", "'2024-12-24=/' is not a date, or a date and times")]
    [InlineData("09:30-16:00@UTC", "2024-12-24=13:00/18:00/19:00", "is not a date, or a date and times")]
    [InlineData("09:30-16:00@UTC", "2024-12-24=13:00/late", "is not a date, or a date and times")]
    [InlineData("09:30-16:00@UTC", "2024-12-24=12:00/12:00", "is not a date, or a date and times")]
    [InlineData("09:30-16:00@UTC", "2024-12-24,2024-12-24=13:00", "2024-12-24 is named twice")]
    public void Wrong_text_is_told(string text, string? holidays, string fault) =>
        Assert.Contains(fault, Assert.Throws<ImportException>(() => SessionText.Parse(text, holidays)).Message, StringComparison.Ordinal);

    [Fact]
    public void Sessions_of_a_part_are_replaced_and_the_rest_stays()
    {
        TradingSessions week = SessionText.Parse("09:00-17:00@UTC", null).Sessions(Timestamp.Parse("2024-06-03"), Timestamp.Parse("2024-06-08"));
        TradingSessions shorter = SessionText.Parse("10:00-12:00@UTC", null).Sessions(Timestamp.Parse("2024-06-04"), Timestamp.Parse("2024-06-06"));
        Assert.Equal(
            ["2024-06-03T09:00 2024-06-03T17:00", "2024-06-04T10:00 2024-06-04T12:00", "2024-06-05T10:00 2024-06-05T12:00", "2024-06-06T09:00 2024-06-06T17:00", "2024-06-07T09:00 2024-06-07T17:00"],
            Text(week.With(Timestamp.Parse("2024-06-04"), Timestamp.Parse("2024-06-06"), shorter)));
        Assert.Equal(["2024-06-07T09:00 2024-06-07T17:00"], Text(week.With(Timestamp.Parse("2024-06-03"), Timestamp.Parse("2024-06-06T12:00"), new([]))));
    }
}
