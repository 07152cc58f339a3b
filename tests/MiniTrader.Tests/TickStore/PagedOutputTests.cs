using CsCheck;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.TickStore;

/// <summary>What is written in pieces of any length, with pauses at any point, stands in the file as it came.</summary>
public sealed class PagedOutputTests
{
    private const int Page = MemoryAdvice.LargePageBytes;

    private static readonly Gen<(int Length, int Then)[]> _pieces = Gen.Select(
        Gen.OneOf(Gen.Int[0, 100], Gen.Int[1, 3 * Page], Gen.Int[Page - 1, Page + 1], Gen.Const(2 * Page)), Gen.Int[0, 5]).Array[1, 8];

    [Fact]
    public void The_file_holds_what_came() => _pieces.Sample(
        pieces =>
        {
            using TemporaryFolder folder = new();
            string path = Path.Combine(folder.Path, "file");
            List<byte> expected = [];
            byte next = 0;
            using (PagedOutput output = new(path))
            {
                foreach ((int length, int then) in pieces)
                {
                    byte[] piece = new byte[length];
                    for (int i = 0; i < length; i++) piece[i] = next++;
                    output.Write(piece);
                    expected.AddRange(piece);
                    Assert.Equal(expected.Count, output.Offset);
                    Assert.True(output.HeldBytes <= Page);
                    if (then == 0) output.Suspend();
                    if (then == 1) output.Flush();
                }

                output.Flush();
                Assert.Equal(0, output.HeldBytes);
            }

            Assert.True(expected.ToArray().AsSpan().SequenceEqual(File.ReadAllBytes(path)));
        },
        iter: 40);

    [Fact]
    public void Bytes_are_written_up_to_a_page_boundary_and_the_rest_waits()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "file");
        using PagedOutput output = new(path);
        output.Write(new byte[Page - 10]);
        Assert.Equal(0, new FileInfo(path).Length);
        output.Write(new byte[30]);
        Assert.Equal(Page, new FileInfo(path).Length);
        output.Flush();
        Assert.Equal(Page + 20, new FileInfo(path).Length);
        output.Write(new byte[Page]);
        Assert.Equal(2 * Page, new FileInfo(path).Length);
    }

    [Fact]
    public void Behind_a_write_that_failed_nothing_is_written_any_more()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "file");
        using PagedOutput output = new(path);
        output.Write(new byte[Page - 10]);
        output.Suspend();
        File.Delete(path);
        Assert.Throws<FileNotFoundException>(() => output.Write(new byte[30]));

        // There is a place for it again, but not all that was to stand in it.
        File.WriteAllBytes(path, []);
        IOException fault = Assert.Throws<IOException>(() => output.Write(new byte[Page]));
        Assert.Contains("file is incomplete", fault.Message, StringComparison.Ordinal);
        Assert.Throws<IOException>(output.Flush);
        Assert.Equal(0, new FileInfo(path).Length);
    }
}
