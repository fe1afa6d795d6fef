// What pages with a large graph need from npm, under one name: graph.html has it in the page, the explorer loads it.
import { MultiDirectedGraph } from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import Sigma from "sigma";
import { EdgeArrowProgram, EdgeRectangleProgram } from "sigma/rendering";
import { SHAPES, ShapeProgram } from "./shapes.js";

globalThis.kgWeb = { EdgeArrowProgram, EdgeRectangleProgram, MultiDirectedGraph, SHAPES, ShapeProgram, Sigma, forceAtlas2 };
