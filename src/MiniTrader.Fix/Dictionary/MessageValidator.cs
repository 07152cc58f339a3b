namespace MiniTrader.Fix;

/// <summary>
/// Holds messages against a dictionary, as QuickFIX does, and says the first thing that is wrong. Order of the checks: shape of header, body,
/// trailer and groups; message type; required tags; then each field in its order. Takes all its memory when it is built; one session's thread
/// uses it.
/// </summary>
public sealed class MessageValidator
{
    private const int UserDefinedTagMin = 5000;

    /// <summary>One message adds fewer scopes than it has fields.</summary>
    private const int ScopesMax = int.MaxValue - FixLimits.FieldsMax - 2;

    private readonly FixDictionary _session;
    private readonly FixDictionary _application;
    private readonly ValidationOptions _options;

    /// <summary>By the field's ordinal: the scope in which its tag was last seen. Every header, body, trailer and group entry is a scope.</summary>
    private readonly int[] _sessionScopes;
    private readonly int[] _applicationScopes;
    private int _scopeLast;

    /// <param name="dictionary">The dictionary of header, trailer and session messages; of all messages when there is no other.</param>
    /// <param name="application">With FIXT: the dictionary of the application messages.</param>
    /// <param name="options">What is looked at.</param>
    public MessageValidator(FixDictionary dictionary, FixDictionary? application = null, ValidationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        _session = dictionary;
        _application = application ?? dictionary;
        _options = options ?? ValidationOptions.Default;
        _sessionScopes = new int[_session.FieldCount];
        _applicationScopes = ReferenceEquals(_session, _application) ? _sessionScopes : new int[_application.FieldCount];
    }

    public ValidationResult Validate(in FixMessage message)
    {
        if (_scopeLast > ScopesMax) RenewScopes();
        FieldView fields = message.Fields;
        ulong type = message.MsgType;
        FixDictionary dictionary = MsgTypes.IsAdmin(type) || _session.Message(type) is not null ? _session : _application;
        FieldSet? body = dictionary.Message(type);
        ValidationResult shape = CheckShape(fields, body);
        if (!shape.IsOk) return shape;
        if (body is null && !dictionary.IsPartial) return ValidationResult.Reject(SessionRejectReason.InvalidMsgType);
        ValidationResult required = CheckRequired(fields, body);
        return required.IsOk ? CheckFields(fields, dictionary, body) : required;
    }

    /// <summary>Header, body, trailer in this order, and every group's entries start with its delimiter.</summary>
    private ValidationResult CheckShape(FieldView fields, FieldSet? body)
    {
        int outOfOrder = 0;
        bool isInBody = false, isInTrailer = false;
        for (int i = 0; i < fields.Count; i++)
        {
            int tag = fields.TagAt(i);
            if (_session.IsHeader(tag))
            {
                if ((isInBody || isInTrailer) && outOfOrder == 0) outOfOrder = tag;
                continue;
            }

            if (_session.IsTrailer(tag))
            {
                isInTrailer = true;
                continue;
            }

            isInBody = true;
            if (isInTrailer && outOfOrder == 0) outOfOrder = tag;
            GroupDefinition? group = body?.GroupOf(tag);
            if (group is null) continue;
            ValidationResult result = SkipGroup(fields, group, ref i);
            if (!result.IsOk) return result;
        }

        return outOfOrder != 0 && _options.ValidateFieldsOutOfOrder
            ? ValidationResult.Reject(SessionRejectReason.TagSpecifiedOutOfRequiredOrder, outOfOrder)
            : ValidationResult.Ok;
    }

    /// <summary>Moves from a group's count to its last field.</summary>
    private static ValidationResult SkipGroup(FieldView fields, GroupDefinition group, ref int position)
    {
        bool isFirst = true;
        while (position + 1 < fields.Count)
        {
            int tag = fields.TagAt(position + 1);
            if (!group.Entry.Has(tag)) break;
            if (isFirst && tag != group.DelimiterTag) return ValidationResult.NoDelimiter(group.CountTag, group.DelimiterTag);
            isFirst = false;
            position++;
            GroupDefinition? nested = group.Entry.GroupOf(tag);
            if (nested is null) continue;
            ValidationResult result = SkipGroup(fields, nested, ref position);
            if (!result.IsOk) return result;
        }

        return ValidationResult.Ok;
    }

    private ValidationResult CheckRequired(FieldView fields, FieldSet? body)
    {
        foreach (FieldDefinition field in _session.Header.Required)
        {
            if (!fields.Has(field.Tag)) return ValidationResult.Reject(SessionRejectReason.RequiredTagMissing, field.Tag);
        }

        foreach (FieldDefinition field in _session.Trailer.Required)
        {
            if (!fields.Has(field.Tag)) return ValidationResult.Reject(SessionRejectReason.RequiredTagMissing, field.Tag);
        }

        if (body is null) return ValidationResult.Ok;
        foreach (FieldDefinition field in body.Required)
        {
            if (!fields.Has(field.Tag)) return ValidationResult.Reject(SessionRejectReason.RequiredTagMissing, field.Tag);
        }

        return ValidationResult.Ok;
    }

    private ValidationResult CheckFields(FieldView fields, FixDictionary dictionary, FieldSet? body)
    {
        int[] scopes = ReferenceEquals(dictionary, _session) ? _sessionScopes : _applicationScopes;
        int frameScope = NextScope();
        int bodyScope = NextScope();
        for (int i = 0; i < fields.Count; i++)
        {
            int tag = fields.TagAt(i);
            bool isFrame = _session.IsHeader(tag) || _session.IsTrailer(tag);
            ValidationResult result;
            if (isFrame)
            {
                FieldSet frame = _session.Header.Has(tag) ? _session.Header : _session.Trailer;
                result = CheckField(fields, i, _session, _sessionScopes, frameScope, out _);
                if (result.IsOk && frame.GroupOf(tag) is { } hops) result = CheckGroup(fields, hops, _session, _sessionScopes, ref i);
            }
            else
            {
                result = CheckField(fields, i, dictionary, scopes, bodyScope, out bool isExempt);
                if (result.IsOk && !isExempt && body is not null && !MayStandIn(body, tag, dictionary))
                    result = ValidationResult.Reject(SessionRejectReason.TagNotDefinedForThisMessageType, tag);
                if (result.IsOk && body?.GroupOf(tag) is { } group) result = CheckGroup(fields, group, dictionary, scopes, ref i);
            }

            if (!result.IsOk) return result;
        }

        return ValidationResult.Ok;
    }

    /// <summary>Checks the entries behind a group's count, and moves to the last field of the group.</summary>
    private ValidationResult CheckGroup(FieldView fields, GroupDefinition group, FixDictionary dictionary, int[] scopes, ref int position)
    {
        FieldStatus status = FieldValue.TryParseInt(fields.ValueAt(position), out long declared);
        if (status != FieldStatus.Ok) return ValidationResult.Ok;
        if (CountEntries(fields, group, position + 1, out _) != declared)
            return ValidationResult.Reject(SessionRejectReason.IncorrectNumInGroupCount, group.CountTag);
        while (position + 1 < fields.Count && fields.TagAt(position + 1) == group.DelimiterTag)
        {
            ValidationResult result = CheckEntry(fields, group, dictionary, scopes, ref position);
            if (!result.IsOk) return result;
        }

        return ValidationResult.Ok;
    }

    /// <summary>Entries from a position on; the count is judged before what the entries hold.</summary>
    private static long CountEntries(FieldView fields, GroupDefinition group, int position, out int end)
    {
        long entries = 0;
        end = position;
        while (end < fields.Count && group.Entry.Has(fields.TagAt(end)))
        {
            int tag = fields.TagAt(end++);
            if (tag == group.DelimiterTag) entries++;
            else if (entries == 0) return 0;
            if (group.Entry.GroupOf(tag) is { } nested) CountEntries(fields, nested, end, out end);
        }

        return entries;
    }

    private ValidationResult CheckEntry(FieldView fields, GroupDefinition group, FixDictionary dictionary, int[] scopes, ref int position)
    {
        int scope = NextScope();
        int start = position + 1;
        int placeLast = -1;
        while (position + 1 < fields.Count)
        {
            int tag = fields.TagAt(position + 1);
            int place = group.Entry.PlaceOf(tag);
            if (place < 0 || (tag == group.DelimiterTag && position + 1 > start)) break;
            position++;
            ValidationResult result = CheckField(fields, position, dictionary, scopes, scope, out _);
            if (result.IsOk && _options.ValidateUnorderedGroupFields && place < placeLast)
                result = ValidationResult.Reject(SessionRejectReason.RepeatingGroupFieldsOutOfOrder, tag);
            if (result.IsOk && group.Entry.GroupOf(tag) is { } nested) result = CheckGroup(fields, nested, dictionary, scopes, ref position);
            if (!result.IsOk) return result;
            placeLast = place;
        }

        foreach (FieldDefinition field in group.Entry.Required)
        {
            if (scopes[field.Ordinal] != scope) return ValidationResult.Reject(SessionRejectReason.RequiredTagMissing, field.Tag);
        }

        return ValidationResult.Ok;
    }

    /// <summary>What can be said of a field by itself: its value, its form, whether it is known, its enumeration, whether it was there before.</summary>
    private ValidationResult CheckField(FieldView fields, int position, FixDictionary dictionary, int[] scopes, int scope, out bool isExempt)
    {
        int tag = fields.TagAt(position);
        ReadOnlySpan<byte> value = fields.ValueAt(position);
        FieldDefinition? definition = dictionary.Field(tag);
        isExempt = tag >= UserDefinedTagMin && !_options.ValidateUserDefinedFields;
        if (definition is not null)
        {
            // A table without groups cannot tell a repeat from an entry.
            if (scopes[definition.Ordinal] == scope && !dictionary.IsPartial) return ValidationResult.Reject(SessionRejectReason.TagAppearsMoreThanOnce, tag);
            scopes[definition.Ordinal] = scope;
        }

        if (value.IsEmpty)
            return _options.ValidateFieldsHaveValues ? ValidationResult.Reject(SessionRejectReason.TagSpecifiedWithoutValue, tag) : ValidationResult.Ok;
        if (definition is not null && !definition.HasForm(value)) return ValidationResult.Reject(SessionRejectReason.IncorrectDataFormat, tag);
        if (isExempt) return ValidationResult.Ok;
        if (definition is null)
        {
            bool mayBeUnknown = (_options.AllowUnknownMsgFields || dictionary.IsPartial) && tag > 0;
            return mayBeUnknown ? ValidationResult.Ok : ValidationResult.Reject(SessionRejectReason.InvalidTagNumber, tag);
        }

        return definition.HasValue(value) ? ValidationResult.Ok : ValidationResult.Reject(SessionRejectReason.ValueIsIncorrect, tag);
    }

    private bool MayStandIn(FieldSet body, int tag, FixDictionary dictionary) => _options.AllowUnknownMsgFields || dictionary.IsPartial || body.Has(tag);

    private int NextScope() => ++_scopeLast;

    /// <summary>Marks of a long gone round of numbers must not look like today's.</summary>
    private void RenewScopes()
    {
        _sessionScopes.AsSpan().Clear();
        _applicationScopes.AsSpan().Clear();
        _scopeLast = 0;
    }
}
