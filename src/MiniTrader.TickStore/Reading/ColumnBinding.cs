namespace MiniTrader.TickStore;

/// <summary>Where one of a kind's columns stands in a file's batches.</summary>
/// <param name="Node">Index among the batch's field nodes; −1 when the file leaves the column out.</param>
/// <param name="Buffer">Index of the column's validity buffer; its values are in the next.</param>
/// <param name="Factor">What a stored integer is multiplied with to have our unit; 1 for files that we wrote.</param>
internal readonly record struct ColumnBinding(ColumnSpec Spec, int Node, int Buffer, long Factor)
{
    public bool IsPresent => Node >= 0;
}
