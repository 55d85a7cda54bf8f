using System.Globalization;
using PushHost.Benchmarks.EndToEnd;
using PushHost.Benchmarks.Fuzz;
using PushHost.Benchmarks.Scale;
using PushHost.Benchmarks.Wire;

// Each benchmark runs what it measures in a process of its own; these are the children's entry points.
return args switch
{
    ["simulator", .. var rest] => await PushHost.Simulator.SimulatorProgram.RunAsync(rest, CancellationToken.None),
    ["reference-loop", var folder, var port, var messages] => await ReferenceLoop.RunAsync(folder, int.Parse(port), int.Parse(messages)),
    ["wire-hosts", var folder] => await WireHosts.RunAsync(folder),
    ["wire", .. var rest] => await WireBenchmark.RunAsync(rest),
    ["fuzz", var minutes, .. var rest] => await FuzzProgram.RunAsync(double.Parse(minutes, CultureInfo.InvariantCulture), rest),
    ["scale", .. var rest] => await ScaleBenchmark.RunAsync(rest),
    ["end-to-end", .. var rest] => await EndToEndBenchmark.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project PushHost.Benchmarks -- <benchmark>
          end-to-end [--devices N] [--in-flight N]   a send to N devices (100,000) through APNs, beside a bare HTTP/2 loop
          scale --postgres CONNECTION [--devices N] [--latency MS]   the same by one, two and three hosts on an empty PostgreSQL database
          wire [--requests N] [--rounds N]           one registration and one look-up in every way, beside a bare minimal API
          fuzz MINUTES [--seed N]                    bad requests against a real host; fails on a 500, silence or memory that grows
        """);
    return 2;
}
