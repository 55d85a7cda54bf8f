using System.Diagnostics;
using NUnit.Framework;

namespace PushHost.Tests.Support;

/// <summary>Programs that some tests need and a machine may lack. Such a test is skipped with the reason, and fails instead where
/// <c>PUSHHOST_TESTS_REQUIRE</c> (a comma list) names the program.</summary>
internal static class Component
{
    /// <summary>Skips the test, or fails it, unless the program is there.</summary>
    public static void Need(string program) => Need(program, IsThere(program), $"{program} is not on this machine");

    /// <summary>Skips the test, or fails it, unless what belongs to the program is there.</summary>
    public static void Need(string program, bool isThere, string otherwise)
    {
        if (isThere)
            return;
        var required = (Environment.GetEnvironmentVariable("PUSHHOST_TESTS_REQUIRE") ?? "").Split(',', StringSplitOptions.TrimEntries);
        if (required.Contains(program))
            Assert.Fail($"{otherwise}, and PUSHHOST_TESTS_REQUIRE names {program}");
        Assert.Ignore(otherwise);
    }

    private static bool IsThere(string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true, RedirectStandardError = true });
            process?.WaitForExit();
            return process is not null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
