using CsCheck;
using MiniTrader.Exchange;
using Xunit;

namespace MiniTrader.Tests.Exchange;

/// <summary>Each queue model against figures worked out by hand, and against what must hold for any numbers.</summary>
public sealed class QueueModelTests
{
    private const long One = 1_000_000_000;

    private static readonly Gen<QueueModel> _model = Gen.Select(Gen.Enum<QueueKind>(), Gen.Int[1, 64], (kind, k) => new QueueModel(kind, k / 4m));

    [Theory]
    [InlineData("risk-averse", 1)]
    [InlineData("fifo", 1)]
    [InlineData("probabilistic:power(1)", 0.25)] // 100 / (100 + 300)
    [InlineData("probabilistic:power(2)", 0.1)] // 10,000 / (10,000 + 90,000)
    [InlineData("probabilistic:power(0.5)", 0.366025403784)] // 10 / (10 + 17.3205)
    [InlineData("probabilistic:log", 0.447056661745)] // 4.615121 / (4.615121 + 5.707110) = ln 101 / (ln 101 + ln 301)
    [InlineData("probabilistic:power2(2)", 0.0625)] // (100 / 400)²
    [InlineData("probabilistic:log2", 0.769961146)] // ln 101 / ln 401
    [InlineData("probabilistic:power3(2)", 0.4375)] // 1 − (300 / 400)²
    public void The_chance_that_a_cancel_was_behind_us(string text, double expected)
    {
        QueueModel model = QueueModel.Parse(text);
        Assert.Equal(expected, model.ChanceBehind(front: 300, behind: 100), 4);
        Assert.Equal(text, model.ToString());
        Assert.Equal(model, QueueModel.Parse(model.ToString()));
    }

    [Theory]
    [InlineData("risk-averse", 300, 400, 300, 0, 300)]
    [InlineData("risk-averse", 300, 400, 200, 0, 200)]
    [InlineData("probabilistic:power(1)", 300, 400, 300, 0, 225)] // c 100, p ¼: 300 − 75
    [InlineData("probabilistic:power(1)", 240, 400, 300, 60, 216)] // c 40, p 160/400: 240 − 0.6·40
    [InlineData("probabilistic:power(1)", 300, 400, 500, 0, 300)] // growth is behind us
    [InlineData("probabilistic:power(1)", 300, 400, 0, 0, 0)] // the level is gone
    [InlineData("probabilistic:power3(3)", 300, 400, 100, 0, 100)] // p 1 − ¾³: 300 − 126.5625 − 73.4375
    [InlineData("probabilistic:power(1)", 0, 400, 100, 0, 0)]
    [InlineData("probabilistic:log", 400, 400, 300, 0, 300)] // nobody is behind us: all that left was ahead
    public void A_level_that_changes_moves_us(string text, long ahead, long before, long now, long traded, long expected) =>
        Assert.Equal(expected * One, QueueModel.Parse(text).AfterLevel(ahead * One, before * One, now * One, traded * One));

    /// <summary>In raw units: 2 ahead and 1 behind, 1 leaves; p is a third, and of 2 − ⅔ = 1⅓ the next whole one stays ahead.</summary>
    [Fact]
    public void A_chance_of_the_users_own()
    {
        // 100 ahead and 100 behind; 40 are cancelled, 30 of them behind: 100 - 0.25 * 40 = 90.
        QueueModel own = QueueModel.Custom(new MostlyBehind());
        Assert.Equal(90_000_000_000, own.AfterLevel(100_000_000_000, 200_000_000_000, 160_000_000_000, 0));
        Assert.Equal(60_000_000_000, own.AfterLevel(100_000_000_000, 200_000_000_000, 60_000_000_000, 0));
        Assert.Equal("custom(MostlyBehind)", own.ToString());
        Assert.Throws<FormatException>(() => QueueModel.Parse(own.ToString()));
    }

    [Fact]
    public void What_is_less_than_a_unit_stays_ahead() => Assert.Equal(2, QueueModel.Parse("probabilistic:power(1)").AfterLevel(2, 3, 2, 0));

    /// <summary>Billions to the 64th are beyond a double, ∞/∞ is no number: nothing is known to have left before us.</summary>
    [Fact]
    public void A_chance_that_is_no_number_moves_nobody() =>
        Assert.Equal(5_000_000_000 * One, QueueModel.Parse("probabilistic:power(64)").AfterLevel(5_000_000_000 * One, 9_000_000_000 * One, 8_000_000_000 * One, 0));

    [Fact]
    public void No_estimate_leaves_the_level_or_moves_us_back() =>
        Gen.Select(_model, Gen.Long[0, 1L << 40], Gen.Long[0, 1L << 40], Gen.Long[0, 1L << 40], Gen.Long[0, 1L << 40]).Sample((model, a, before, now, traded) =>
        {
            foreach (long ahead in (long[])[a, 0, 1, before, Math.Max(0, before - 1), QueueModel.UnknownAhead])
            {
                long after = model.AfterLevel(ahead, before, now, traded);
                Assert.InRange(after, 0, Math.Min(ahead, now));
                Assert.True(model.Kind is not (QueueKind.RiskAverse or QueueKind.Fifo) || after == Math.Min(ahead, now));
            }
        });

    [Fact]
    public void A_trade_moves_us_by_its_size_and_not_past_the_front()
    {
        Assert.Equal(70, QueueModel.AfterTrade(100, 30));
        Assert.Equal(0, QueueModel.AfterTrade(100, 130));
        Assert.Equal(QueueModel.UnknownAhead, QueueModel.AfterTrade(QueueModel.UnknownAhead, 130));
    }

    private sealed class MostlyBehind : CustomQueue
    {
        public override double ChanceBehind(double front, double behind) => 0.75;
    }
}
