using System.Globalization;
using PushHost.Benchmarks.EndToEnd;
using PushHost.Benchmarks.Fuzz;
using PushHost.Benchmarks.Lanes;
using PushHost.Benchmarks.Memory;
using PushHost.Benchmarks.Registration;
using PushHost.Benchmarks.Scale;
using PushHost.Benchmarks.Soak;
using PushHost.Benchmarks.Wire;

// Each benchmark runs what it measures in a process of its own; the first four are the children's entry points.
return args switch
{
    ["simulator", .. var rest] => await PushHost.Simulator.SimulatorProgram.RunAsync(rest, CancellationToken.None),
    ["reference-loop", var folder, var port, var messages] => await ReferenceLoop.RunAsync(folder, int.Parse(port), int.Parse(messages)),
    ["wire-hosts", var folder] => await WireHosts.RunAsync(folder),
    ["reference-registration", var folder] => await ReferenceServer.RunAsync(folder),
    ["end-to-end", .. var rest] => await EndToEndBenchmark.RunAsync(rest),
    ["memory", .. var rest] => await MemoryBenchmark.RunAsync(rest),
    ["register", .. var rest] => await RegisterBenchmark.RunAsync(rest),
    ["lanes", .. var rest] => await LanesBenchmark.RunAsync(rest),
    ["wire", .. var rest] => await WireBenchmark.RunAsync(rest),
    ["fuzz", var minutes, .. var rest] => await FuzzProgram.RunAsync(double.Parse(minutes, CultureInfo.InvariantCulture), rest),
    ["scale", .. var rest] => await ScaleBenchmark.RunAsync(rest),
    ["soak", .. var rest] => await SoakRun.RunAsync(rest),
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
          memory [--devices N]                       what the host has resident during a send to N devices (1,000,000)
          register [--devices N]                     N devices (20,000) a round by single POSTs of 64 callers, beside a bare endpoint
          lanes [--devices N]                        messages to one device each, during a send to N devices (200,000) and without
          soak [--minutes N] [--seed N] [--devices N] [--kills N]
                                                     hosts killed in bad weather, for N minutes (10); not a measurement
        """);
    return 2;
}
