namespace MiniTrader.Fix;

/// <summary>
/// Copies the body of a message in the order in which QuickFIX writes it: tags ascending, a group's entries behind its count, the fields of an
/// entry in the dictionary's order. Takes all its memory when it is built; one thread uses it.
/// </summary>
public sealed class CanonicalOrder(FixDictionary dictionary, int fieldsMax)
{
    /// <summary>Tag above position, so that sorting puts tags in order and equal tags in the order of the message.</summary>
    private readonly long[] _keys = new long[fieldsMax];

    /// <summary>Appends the body's fields; false when the message has more fields than this was built for.</summary>
    public bool CopyBody(in FixMessage message, ref FixWriter writer)
    {
        FieldView fields = message.Fields;
        FieldSet? body = dictionary.Message(message.MsgType);
        int count = 0;
        for (int i = 0; i < fields.Count; i++)
        {
            int tag = fields.TagAt(i);
            if (StandardTags.IsHeader(tag) || StandardTags.IsTrailer(tag)) continue;
            if (count == _keys.Length) return false;
            _keys[count++] = ((long)tag << 32) | (uint)i;
            if (body?.GroupOf(tag) is { } group) i = GroupEnd(fields, group, i, fields.Count) - 1;
        }

        _keys.AsSpan(0, count).Sort();
        foreach (long key in _keys.AsSpan(0, count))
        {
            int position = (int)key;
            writer.Raw(fields.RawAt(position));
            if (body?.GroupOf(fields.TagAt(position)) is { } group)
                CopyGroup(fields, group, position + 1, GroupEnd(fields, group, position, fields.Count), ref writer);
        }

        return true;
    }

    /// <summary>Behind the last field of the group whose count is at a position.</summary>
    private static int GroupEnd(FieldView fields, GroupDefinition group, int position, int end)
    {
        int i = position + 1;
        while (i < end && group.Entry.PlaceOf(fields.TagAt(i)) >= 0)
            i = group.Entry.GroupOf(fields.TagAt(i)) is { } nested ? GroupEnd(fields, nested, i, end) : i + 1;
        return i;
    }

    private static void CopyGroup(FieldView fields, GroupDefinition group, int start, int end, ref FixWriter writer)
    {
        while (start < end)
        {
            int next = start + 1;
            while (next < end && fields.TagAt(next) != group.DelimiterTag) next++;
            CopyEntry(fields, group.Entry, start, next, ref writer);
            start = next;
        }
    }

    private static void CopyEntry(FieldView fields, FieldSet entry, int start, int end, ref FixWriter writer)
    {
        foreach (FieldDefinition definition in entry.Fields)
        {
            for (int i = start; i < end; i++)
            {
                if (fields.TagAt(i) != definition.Tag) continue;
                writer.Raw(fields.RawAt(i));
                if (entry.GroupOf(definition.Tag) is { } nested) CopyGroup(fields, nested, i + 1, GroupEnd(fields, nested, i, end), ref writer);
                break;
            }
        }
    }
}
