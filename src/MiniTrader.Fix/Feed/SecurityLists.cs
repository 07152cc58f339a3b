namespace MiniTrader.Fix;

/// <summary>The instruments that a venue lists, put together from the parts of its answer. Written by the FIX thread, read by any.</summary>
internal sealed class SecurityLists
{
    private readonly List<FixSecurity> _listed = [];
    private FixSecurity[] _securities = [];

    /// <summary>Those of the last list that was complete, and the definitions since.</summary>
    public IReadOnlyList<FixSecurity> Securities => Volatile.Read(ref _securities);

    /// <summary>Takes a SecurityList (y): a whole list, or a part of one that ends with LastFragment.</summary>
    public void OnList(in FixMessage message)
    {
        foreach (FieldView entry in message.Fields.Group(Tags.NoRelatedSym, EntryGroups.List)) _listed.Add(FixSecurity.Read(entry));
        if (message.Fields.GetBool(Tags.LastFragment, out bool isLast) == FieldStatus.Ok && !isLast) return;
        Volatile.Write(ref _securities, [.. _listed]);
        _listed.Clear();
    }

    /// <summary>Takes a SecurityDefinition (d), one instrument more.</summary>
    public void OnDefinition(in FixMessage message) => Volatile.Write(ref _securities, [.. _securities, FixSecurity.Read(message.Fields)]);
}
