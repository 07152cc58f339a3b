using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MiniTrader.Sessions;

/// <summary>
/// Which order a client's ClOrdID means: every request of every order remembered, by client and text. A hash table of fixed size; nothing is
/// allocated after its constructor. The matching thread owns it.
/// </summary>
internal sealed class NameTable
{
    /// <summary>The longest ClOrdID taken, in bytes.</summary>
    public const int TextBytes = 64;

    public const int None = -1;

    private readonly Entry[] _entries;
    private readonly int[] _buckets;
    private int _free;

    public NameTable(int capacity)
    {
        _entries = new Entry[capacity];
        _buckets = new int[BitOperations.RoundUpToPowerOf2((uint)capacity)];
        Array.Fill(_buckets, None);
        for (int i = 0; i < capacity; i++) _entries[i].Next = i + 1;
        _entries[^1].Next = None;
    }

    public bool IsFull => _free == None;

    public int Find(int client, ReadOnlySpan<byte> text)
    {
        int at = _buckets[BucketOf(client, text)];
        while (at != None && !(_entries[at].Client == client && TextOf(at).SequenceEqual(text))) at = _entries[at].Next;
        return at;
    }

    /// <summary>Adds a name that is not there and is not longer than <see cref="TextBytes"/>, while there is room.</summary>
    public int Add(int client, ReadOnlySpan<byte> text, int slot, int previousOfOrder)
    {
        int at = _free;
        ref Entry entry = ref _entries[at];
        _free = entry.Next;
        entry.Client = client;
        entry.Slot = slot;
        entry.Length = text.Length;
        entry.PreviousOfOrder = previousOfOrder;
        text.CopyTo(entry.Text);
        ref int bucket = ref _buckets[BucketOf(client, text)];
        entry.Next = bucket;
        bucket = at;
        return at;
    }

    /// <summary>Removes a name and answers the order's name before it.</summary>
    public int Remove(int at)
    {
        ref Entry entry = ref _entries[at];
        ref int link = ref _buckets[BucketOf(entry.Client, TextOf(at))];
        while (link != at) link = ref _entries[link].Next;
        link = entry.Next;
        entry.Next = _free;
        _free = at;
        return entry.PreviousOfOrder;
    }

    public int SlotOf(int at) => _entries[at].Slot;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> TextOf(int at) => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<NameText, byte>(ref _entries[at].Text), _entries[at].Length);

    // FNV-1a: short texts that differ in their last digits, which is what clients send, spread well.
    private int BucketOf(int client, ReadOnlySpan<byte> text)
    {
        ulong hash = 14_695_981_039_346_656_037UL ^ (uint)client;
        foreach (byte b in text) hash = (hash ^ b) * 1_099_511_628_211UL;
        return (int)((hash ^ (hash >> 32)) & (uint)(_buckets.Length - 1));
    }

    [InlineArray(TextBytes)]
    private struct NameText
    {
        private byte _first;
    }

    private struct Entry
    {
        public NameText Text;
        public int Length;
        public int Client;
        public int Slot;
        public int Next;
        public int PreviousOfOrder;
    }
}
