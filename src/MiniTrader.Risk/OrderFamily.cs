using MiniTrader.Model;

namespace MiniTrader.Risk;

/// <summary>
/// The working orders of one side that have one parent, an order of the other side, and what they could take the position beyond what the parent brings. Fills of the
/// parent release its part of them, so that the worst is one of two: all of them, when the parent has filled; or what is released by now, when it fills no more, which
/// is the greater where they are smaller than the parent. Orders without a parent have a family without cover, and count in full.
/// </summary>
/// <param name="cover">What the parent brings.</param>
internal struct OrderFamily(ParentCover cover)
{
    private Int128 _most;
    private Int128 _released;

    // The latest group: its name, the most that one of it can fill, what all of it have filled, and the least that the parent had filled before one of it came.
    private long _group;
    private long _largest;
    private long _filled;
    private long _parentFilled;
    private bool _waits;

    /// <summary>Counts an order; those of a group stand one after another.</summary>
    /// <param name="group">Its group, of which a fill of one cancels or shrinks the others; zero for none.</param>
    /// <param name="most">The most that it can still fill.</param>
    /// <param name="filled">What it has filled.</param>
    /// <param name="release">When the parent's fills release it.</param>
    /// <param name="parentFilled">What the parent had filled before the order came: all of it waits for the rest.</param>
    public void Add(long group, long most, long filled, ChildRelease release, long parentFilled)
    {
        if (group == 0 || group != _group)
        {
            CloseGroup();
            (_group, _parentFilled, _waits) = (group, parentFilled, true);
        }

        _largest = Math.Max(_largest, most);
        _filled += filled;
        _parentFilled = Math.Min(_parentFilled, parentFilled);
        _waits &= release == ChildRelease.WhenFilled;
    }

    /// <summary>What the family counts for; it is empty then, and has no cover.</summary>
    public Int128 Close()
    {
        CloseGroup();
        Int128 worst = cover.Left == 0 ? _most : Int128.Max(_released, _most - cover.Left);
        this = default;
        return Int128.Max(0, worst);
    }

    private void CloseGroup()
    {
        _most += _largest;
        if (cover.Left > 0) _released += Released();
        (_largest, _filled) = (0, 0);
    }

    /// <summary>
    /// What the group can fill now. A fill of one shrinks the others, so that each came with the largest and all fills together; the venue holds back whole lots, which is
    /// no less.
    /// </summary>
    private readonly Int128 Released()
    {
        long brought = cover.Filled - _parentFilled, whole = cover.Quantity - _parentFilled;
        if (_waits || brought <= 0) return 0;
        Int128 came = (Int128)_largest + _filled, released = ((came * brought) + whole - 1) / whole;
        return Int128.Clamp(released - _filled, 0, _largest);
    }
}
