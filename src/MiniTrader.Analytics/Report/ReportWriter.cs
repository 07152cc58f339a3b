namespace MiniTrader.Analytics;

/// <summary>Writes a report as one self-contained page.</summary>
public static class ReportWriter
{
    /// <summary>Writes the page beside its place and renames it.</summary>
    public static void WriteFile(string path, ReportModel model) => RunFolderWriter.ReplaceFile(path, Write(model));

    public static string Write(ReportModel model)
    {
        ReportPage page = new(model);
        return page.Write();
    }
}
